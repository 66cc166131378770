namespace MovieFriends.Neo4j;

/// <summary>What a failure of the database asks for.</summary>
public enum GraphFailureKind
{
    /// <summary>Passes by itself: repeat for as long as it takes.</summary>
    Transient,

    /// <summary>Too much for one transaction: less of it may go through; repeat, if there is no less.</summary>
    TooLarge,

    /// <summary>The database rejects this data; other data may go through.</summary>
    Rejected,

    /// <summary>No repetition mends it: stop.</summary>
    Fatal,
}
