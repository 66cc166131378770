using MovieFriends.Neo4j;

namespace MovieFriends.Consumer.Charges;

/// <summary>
/// The Cypher that writes charges. Every look-up is by a unique index; no statement scans, and none on the path of new
/// charges has an Eager.
/// </summary>
internal static class ChargeStatements
{
    /// <summary>New charges. A row whose user is unknown creates nothing: the caller compares the counters.</summary>
    public static readonly GraphQuery Create = new(
        "CREATE DailyCharge",
        """
        UNWIND $slices AS s
        UNWIND range(0, size(s.chargeIds) - 1) AS i
        MATCH (u:User {userId: s.userIds[i]})
        CREATE (u)-[:HAS_DAILY_CHARGE]->(:DailyCharge {
          chargeId: s.chargeIds[i], userId: s.userIds[i], date: s.dates[i], amountUSD: s.amounts[i], createdDate: s.createdDates[i]})
        """);

    // The first SET locks the charge before its time is compared, as in the ledger; the comparison of a property that
    // is then set costs an Eager here, which new charges never meet.
    /// <summary>Charges of a user and day that the graph has: the later one wins.</summary>
    public static readonly GraphQuery Update = new(
        "SET DailyCharge",
        """
        UNWIND $slices AS s
        UNWIND range(0, size(s.chargeIds) - 1) AS i
        MATCH (c:DailyCharge {chargeId: s.chargeIds[i]})
        SET c.userId = s.userIds[i]
        WITH c, s, i WHERE c.createdDate <= s.createdDates[i]
        SET c.amountUSD = s.amounts[i], c.createdDate = s.createdDates[i]
        RETURN count(*) AS updated
        """);

    /// <summary>Which charges the graph has.</summary>
    public static readonly GraphQuery FindKnownCharges = new(
        "MATCH DailyCharge",
        "UNWIND $chargeIds AS id MATCH (c:DailyCharge {chargeId: id}) RETURN c.chargeId AS chargeId");

    /// <summary>Which users the graph does not have.</summary>
    public static readonly GraphQuery FindUnknownUsers = new(
        "MATCH User",
        """
        UNWIND $userIds AS id
        OPTIONAL MATCH (u:User {userId: id})
        WITH id, u WHERE u IS NULL
        RETURN DISTINCT id AS userId
        """);

    /// <summary>Users that the policy wants created.</summary>
    public static readonly GraphQuery CreateUsers = new(
        "MERGE User",
        "UNWIND $userIds AS id MERGE (:User {userId: id})");
}
