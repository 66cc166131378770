namespace MovieFriends.Chaos.Faults;

/// <summary>A kind of fault.</summary>
internal readonly record struct FaultKind(FaultAction Action, FaultTarget Target)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        .. from target in new[] { FaultTarget.Consumer, FaultTarget.Producer, FaultTarget.Kafka, FaultTarget.Graph }
           from action in new[] { FaultAction.Kill, FaultAction.Pause, FaultAction.Terminate }
           select new FaultKind(action, target),
        .. from target in new[] { FaultTarget.KafkaLink, FaultTarget.GraphLink }
           from action in new[] { FaultAction.Cut, FaultAction.Delay }
           select new FaultKind(action, target),
        new(FaultAction.Join, FaultTarget.Consumer),
        new(FaultAction.Leave, FaultTarget.Consumer),
    ];

    public override string ToString() => Action switch
    {
        FaultAction.Kill => $"kill -9 of {Name}",
        FaultAction.Pause => $"SIGSTOP of {Name}",
        FaultAction.Terminate => $"SIGTERM of {Name}",
        FaultAction.Cut => $"cut of {Name}",
        FaultAction.Delay => $"delay on {Name}",
        FaultAction.Join => "a consumer joins",
        _ => "a consumer leaves",
    };

    private string Name => Target switch
    {
        FaultTarget.Consumer => "a consumer",
        FaultTarget.Producer => "a producer",
        FaultTarget.Kafka => "Kafka",
        FaultTarget.Graph => "Neo4j",
        FaultTarget.KafkaLink => "services - Kafka",
        _ => "services - Neo4j",
    };
}
