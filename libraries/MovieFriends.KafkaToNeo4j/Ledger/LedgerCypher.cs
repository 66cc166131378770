namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>The Cypher of the ledger that more than one service runs. What only one of them needs is in that service.</summary>
public static class LedgerCypher
{
    /// <summary>Where partitions stand: <c>id</c> and <c>nextOffset</c> of the nodes with the ids in <c>$ids</c>. Plan: NodeUniqueIndexSeek, one for each id.</summary>
    public const string NextOffsets = "UNWIND $ids AS id MATCH (o:KafkaOffset {id: id}) RETURN o.id AS id, o.nextOffset AS nextOffset";
}
