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
}
