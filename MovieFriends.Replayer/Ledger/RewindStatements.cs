using MovieFriends.Contracts.Graph;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;

namespace MovieFriends.Replayer.Ledger;

/// <summary>The Cypher that moves the ledger. Both run on Neo4j 3.1 and later and find nodes by the unique index on their id.</summary>
internal static class RewindStatements
{
    public static readonly GraphQuery Read = new("MATCH KafkaOffset", LedgerCypher.NextOffsets);

    // The owner is set first: that takes the lock, for which a consumer's transaction under way must end. Only then is it
    // known where the ledger stood. The place of the partition's dead letters is forgotten, so that the consumer looks through
    // all of them and sends none of them again. But the dead letters of a topic of that name which is gone, or of messages which
    // are, say nothing about this one's messages: then only those from now on count, and batches of the other topic no longer claim the ledger.
    public static readonly GraphQuery Move = new(
        "SET KafkaOffset",
        """
        UNWIND range(0, size($ids) - 1) AS i
        MERGE (o:KafkaOffset {id: $ids[i]})
        SET o.owner = $owner
        WITH o, i, o.nextOffset AS nextOffset, $pastEnds[i] OR (o.topicId <> '' AND $topicId <> '' AND o.topicId <> $topicId) AS isOther
        SET o.nextOffset = $offsets[i], o.topicId = $topicId, o.committedAt = $now,
            o.deadLetterOffset = CASE WHEN isOther THEN $deadLetterEnds[i] ELSE null END,
            o.startedOver = coalesce(o.startedOver, 0) + CASE WHEN isOther THEN 1 ELSE 0 END
        RETURN o.id AS id, nextOffset
        """);
}
