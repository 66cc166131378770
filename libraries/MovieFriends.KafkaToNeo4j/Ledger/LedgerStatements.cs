using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>The Cypher of the offset ledger. Each statement finds its one node by the unique index on its id.</summary>
internal static class LedgerStatements
{
    public static readonly GraphQuery Read = new(
        "MATCH KafkaOffset",
        "MATCH (o:KafkaOffset {id: $id}) RETURN o.nextOffset AS nextOffset, o.topicId AS topicId, o.owner AS owner, o.deadLetterOffset AS deadLetterOffset, coalesce(o.startedOver, 0) AS startedOver");

    // The topic's id is noted where there is none. Who still has that of a topic that was deleted must not overwrite the new one's.
    public static readonly GraphQuery Open = new(
        "MERGE KafkaOffset",
        """
        MERGE (o:KafkaOffset {id: $id})
        ON CREATE SET o.nextOffset = $nextOffset, o.owner = $owner, o.committedAt = $now, o.deadLetterOffset = $deadLetterOffset, o.startedOver = 0
        SET o.topicId = CASE WHEN coalesce(o.topicId, '') = '' THEN $topicId ELSE o.topicId END
        RETURN o.nextOffset AS nextOffset, o.topicId AS topicId, coalesce(o.startedOver, 0) AS startedOver
        """);

    // The first SET takes the write lock; only then is the offset compared. With the comparison before the lock,
    // two workers that both believe they own the partition would both see the old offset and both go on. Offsets of two topics
    // that had the name one after the other may be equal: how often the ledger was started over tells them apart.
    public static readonly GraphQuery Claim = new(
        "SET KafkaOffset",
        """
        MATCH (o:KafkaOffset {id: $id})
        SET o.owner = $owner
        WITH o WHERE o.nextOffset = $from AND coalesce(o.startedOver, 0) = $startedOver
        SET o.nextOffset = $to, o.committedAt = $now
        RETURN o.nextOffset AS nextOffset
        """);

    // What a claimed ledger gets when another topic has the name.
    public static readonly GraphQuery StartOver = new(
        "SET KafkaOffset",
        "MATCH (o:KafkaOffset {id: $id}) SET o.topicId = $topicId, o.startedOver = $startedOver, o.deadLetterOffset = $deadLetterOffset");

    public static readonly GraphQuery NoteDeadLetters = new(
        "SET KafkaOffset",
        "MATCH (o:KafkaOffset {id: $id}) SET o.deadLetterOffset = $deadLetterOffset");
}
