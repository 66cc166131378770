using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.Simulation;

/// <summary>What a seed decides before anything happens.</summary>
internal sealed record Scenario
{
    /// <summary>Which partitions there are at first, and for how many of them one is added later.</summary>
    public required int Partitions { get; init; }

    public required int Processes { get; init; }

    /// <summary>Messages of each partition.</summary>
    public required int Messages { get; init; }

    /// <summary>For how long messages are sent and faults begin.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>How likely one request meets a fault.</summary>
    public required double GraphFaults { get; init; }

    public required double BrokerFaults { get; init; }

    /// <summary>How long it is, on average, from one fault of a whole server or process to the next.</summary>
    public required double SecondsBetweenFaults { get; init; }

    /// <summary>The share of messages that are not simply events.</summary>
    public required double Oddities { get; init; }

    public required bool IsEager { get; init; }

    public required bool SortsRows { get; init; }

    public required bool WritesAhead { get; init; }

    public required bool HasRetention { get; init; }

    public required bool AddsPartition { get; init; }

    public required StreamOptions Options { get; init; }

    public static Scenario Draw(Random random) => new()
    {
        Partitions = random.Next(1, 5),
        Processes = random.Next(1, 4),
        Messages = random.Next(20, 300),
        Time = TimeSpan.FromSeconds(random.Next(10, 90)),
        GraphFaults = Pick(random, 0, 0.005, 0.02, 0.1),
        BrokerFaults = Pick(random, 0, 0.002, 0.01, 0.05),
        SecondsBetweenFaults = Pick(random, 2, 5, 15),
        Oddities = Pick(random, 0, 0.02, 0.2),
        IsEager = random.Next(3) == 0,
        SortsRows = random.Next(2) == 0,
        WritesAhead = random.Next(3) > 0,
        HasRetention = random.Next(4) == 0,
        AddsPartition = random.Next(4) == 0,
        Options = new StreamOptions
        {
            GroupId = "simulation",
            MaxBatchSize = random.Next(1, 40),
            MaxWaitingMessages = random.Next(1, 120),
            MaxTransactions = random.Next(1, 4),
            TransactionTimeout = TimeSpan.FromSeconds(random.Next(1, 11)),
            IdleCheckInterval = TimeSpan.FromSeconds(random.Next(1, 11)),
            LeaveTimeout = TimeSpan.FromSeconds(random.Next(1, 31)),
            OnGap = GapPolicy.Skip,
        },
    };

    private static double Pick(Random random, params ReadOnlySpan<double> choices) => choices[random.Next(choices.Length)];
}
