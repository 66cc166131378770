using MovieFriends.Neo4j;

namespace MovieFriends.Seeder.Graph;

/// <summary>The seeder's Cypher. Every statement runs on Neo4j 3.1 and later.</summary>
internal static class SeedQueries
{
    /// <summary>Label of the seeder's own ledger: one node for each component, which says how far it is written.</summary>
    public const string ComponentLabel = "SeedComponent";

    /// <summary>Key of <see cref="ComponentLabel"/>.</summary>
    public const string ComponentKey = "id";

    // Plan: NodeCountFromCountStore.
    public static readonly GraphQuery CountUsers = new("COUNT User", "MATCH (u:User) RETURN count(u) AS count");

    // Plan: NodeCountFromCountStore.
    public static readonly GraphQuery CountCharges = new("COUNT DailyCharge", "MATCH (c:DailyCharge) RETURN count(c) AS count");

    // Plan: RelationshipCountFromCountStore.
    public static readonly GraphQuery CountKnows = new("COUNT KNOWS", "MATCH ()-[k:KNOWS]->() RETURN count(k) AS count");

    // Plan: NodeByLabelScan over one node for each 10,000 users.
    public static readonly GraphQuery ReadComponents = new(
        "READ SeedComponent",
        "MATCH (c:SeedComponent) RETURN c.id AS id, c.seed AS seed, c.nextUser AS nextUser");

    // The write comes before the comparison: it locks the node, so that of two seeders one sees the other's commit.
    // Plan: NodeUniqueIndexSeek, no scan.
    public static readonly GraphQuery ClaimBatch = new(
        "CLAIM SeedComponent",
        """
        MERGE (c:SeedComponent {id: $id})
        ON CREATE SET c.seed = $seed, c.nextUser = 0
        SET c.size = $size
        WITH c
        WHERE c.nextUser = $from AND c.seed = $seed
        SET c.nextUser = $to
        RETURN c.nextUser AS nextUser
        """);

    // Users and what they know of each other without a look-up: places lead to the new nodes. The nodes lie in a list of
    // short lists because Neo4j 3.1 copies a list each time it takes an element out of it by its place.
    // Plan: Create, EagerAggregation, Sort (of a hundred rows), EagerAggregation, Create.
    public static readonly GraphQuery CreateUsers = new(
        "CREATE User",
        """
        UNWIND range(0, $count - 1) AS i
        CREATE (u:User {userId: $first + i})
        WITH i / 100 AS place, collect(u) AS hundred
        ORDER BY place
        WITH collect(hundred) AS users
        UNWIND $inner AS pair
        WITH users, pair[0] AS a, pair[1] AS b
        WITH users[a / 100][a % 100] AS user, users[b / 100][b % 100] AS known
        CREATE (user)-[:KNOWS]->(known)
        """);

    // For batches smaller than a component. Plan: two NodeUniqueIndexSeeks, no Eager.
    public static readonly GraphQuery CreateOuterKnows = new(
        "CREATE KNOWS",
        """
        UNWIND $outer AS pair
        MATCH (user:User {userId: pair[0]}), (known:User {userId: pair[1]})
        CREATE (user)-[:KNOWS]->(known)
        """);

    // Two seeders that end at the same time leave one mark: its id is unique. A seeder that finds the graph whole leaves the time as it is.
    // Plan: NodeUniqueIndexSeek, no scan.
    public static readonly GraphQuery MarkComplete = new(
        "MERGE SeedCompletion",
        """
        MERGE (m:SeedCompletion {id: $id})
        ON CREATE SET m.completedAt = $now
        SET m.users = $users
        """);

    // Plan: NodeUniqueIndexSeek, no scan.
    public static readonly GraphQuery Unmark = new("DELETE SeedCompletion", "MATCH (m:SeedCompletion {id: $id}) DELETE m");

    /// <summary>Deletes a bounded number of nodes of a label together with their relationships.</summary>
    // Plan: NodeByLabelScan, Limit, DetachDelete; what is deleted is gone from the scan, so each round starts where the last ended.
    public static GraphQuery DeleteSome(string label) => new(
        $"DELETE {label}",
        $"MATCH (n:{label}) WITH n LIMIT $limit DETACH DELETE n");
}
