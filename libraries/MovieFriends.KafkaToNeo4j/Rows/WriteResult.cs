namespace MovieFriends.KafkaToNeo4j;

/// <summary>What statements did with rows.</summary>
public readonly record struct WriteResult
{
    /// <summary>Rows that were written as new ones.</summary>
    public int Created { get; init; }

    /// <summary>Rows that changed what the graph had.</summary>
    public int Updated { get; init; }

    /// <summary>Rows of which the graph has a later state, so that they changed nothing.</summary>
    public int Unchanged { get; init; }

    /// <summary>Messages whose rows found nothing in the graph to be attached to.</summary>
    public int Unmatched { get; init; }

    /// <summary>Nodes that the database says it created.</summary>
    public int NodesCreated { get; init; }

    /// <summary>Relationships that the database says it created.</summary>
    public int RelationshipsCreated { get; init; }

    /// <summary>Adds what another statement did with rows of the same batch.</summary>
    public static WriteResult operator +(WriteResult one, WriteResult other) => new()
    {
        Created = one.Created + other.Created,
        Updated = one.Updated + other.Updated,
        Unchanged = one.Unchanged + other.Unchanged,
        Unmatched = one.Unmatched + other.Unmatched,
        NodesCreated = one.NodesCreated + other.NodesCreated,
        RelationshipsCreated = one.RelationshipsCreated + other.RelationshipsCreated,
    };
}
