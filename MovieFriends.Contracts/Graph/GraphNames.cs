namespace MovieFriends.Contracts.Graph;

/// <summary>Labels, relationship types and property names of the graph.</summary>
public static class GraphNames
{
    /// <summary>Label of a user; key <see cref="UserId"/>.</summary>
    public const string User = "User";

    /// <summary>Label of a charge; key <see cref="ChargeId"/>.</summary>
    public const string DailyCharge = "DailyCharge";

    /// <summary>Label of the offset ledger's nodes, one per partition; key <see cref="Id"/>.</summary>
    public const string KafkaOffset = "KafkaOffset";

    /// <summary>
    /// Label of the seeder's mark that all users are there; key <see cref="Id"/>. There is one such node at most, with the id <see cref="UsersAreComplete"/>.
    /// The seeder writes it last, and takes it away before it writes or deletes users.
    /// </summary>
    public const string SeedCompletion = "SeedCompletion";

    /// <summary>The id of the node with the label <see cref="SeedCompletion"/>.</summary>
    public const string UsersAreComplete = "users";

    /// <summary>Label of a movie; key <see cref="MovieId"/>.</summary>
    public const string Movie = "Movie";

    /// <summary>Relationship between two users.</summary>
    public const string Knows = "KNOWS";

    /// <summary>Relationship from a user to a charge.</summary>
    public const string HasDailyCharge = "HAS_DAILY_CHARGE";

    /// <summary>Property of users and charges.</summary>
    public const string UserId = "userId";

    /// <summary>Property of charges.</summary>
    public const string ChargeId = "chargeId";

    /// <summary>Property of movies.</summary>
    public const string MovieId = "movieId";

    /// <summary>Property of the ledger's nodes, and of the seeder's mark.</summary>
    public const string Id = "id";

    /// <summary>The properties that identify the nodes of a label.</summary>
    public static IReadOnlyList<(string Label, string Property)> Keys { get; } = [(User, UserId), (DailyCharge, ChargeId), (KafkaOffset, Id)];
}
