namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>What one transaction did.</summary>
/// <param name="Written">With rows.</param>
/// <param name="DeadLettered">How many messages became dead letters.</param>
internal readonly record struct BatchOutcome(WriteResult Written, int DeadLettered = 0)
{
    /// <summary>Whether the graph had one of the rows already.</summary>
    public bool MetKnownRows => Written.Updated + Written.Unchanged > 0;
}
