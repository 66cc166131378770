using MovieFriends.Contracts.Graph;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;

namespace MovieFriends.Verifier.Graph;

/// <summary>The verifier's Cypher. It only reads. Every statement runs on Neo4j 3.1 and later.</summary>
internal static class VerifierQueries
{
    // Plan: NodeByLabelScan, streamed; nothing is sorted or collected on the server.
    public static readonly GraphQuery Charges = new(
        "MATCH DailyCharge",
        "MATCH (c:DailyCharge) RETURN c.chargeId AS chargeId, c.amountUSD AS amount, c.createdDate AS time");

    // Plan: NodeByLabelScan over movies and an expansion of each, streamed.
    public static readonly GraphQuery Rentals = new(
        "MATCH RENTED",
        "MATCH (m:Movie)<-[r:RENTED]-(u:User) RETURN u.userId AS userId, m.movieId AS movieId, r.at AS at");

    // Plan: RelationshipCountFromCountStore.
    public static readonly GraphQuery CountAttached = new(
        "COUNT HAS_DAILY_CHARGE",
        "MATCH ()-[r:HAS_DAILY_CHARGE]->() RETURN count(r) AS count");

    // Plan: DirectedAllRelationshipsScan or what the version has for it; only asked if there are charges of another tool.
    public static readonly GraphQuery Attached = new(
        "MATCH HAS_DAILY_CHARGE",
        "MATCH ()-[r:HAS_DAILY_CHARGE]->(c:DailyCharge) RETURN c.chargeId AS chargeId");

    // Plan: NodeByLabelScan over one node for each partition.
    public static readonly GraphQuery Topics = new(
        "READ KafkaOffset",
        "MATCH (o:KafkaOffset) WHERE o.nextOffset > 0 OR o.startedOver > 0 RETURN o.id AS id, coalesce(o.startedOver, 0) > 0 AS hadAnother");

    public static readonly GraphQuery Ledger = new("MATCH KafkaOffset", LedgerCypher.NextOffsets);

    // Plan: NodeUniqueIndexSeek, one for each id.
    public static readonly GraphQuery KnownUsers = new(
        "MATCH User",
        "UNWIND $ids AS id MATCH (u:User {userId: id}) RETURN u.userId AS id");
}
