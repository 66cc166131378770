using MovieFriends.KafkaToNeo4j;
using MovieFriends.Simulation.Broker;

namespace MovieFriends.Simulation.Stories;

/// <summary>One thing that happens.</summary>
internal delegate Task Step(IStoryHost host);

/// <summary>A story that is told in a simulated world and on real servers, and is to end alike.</summary>
/// <param name="Name">What happens, in words.</param>
internal sealed record FaithfulStory(string Name)
{
    /// <summary>Partitions of the topic at first.</summary>
    public int Partitions { get; init; } = 2;

    /// <summary>What becomes of messages that retention deletes before they are read.</summary>
    public GapPolicy OnGap { get; init; } = GapPolicy.Skip;

    /// <summary>What becomes of a topic that is created again.</summary>
    public NewTopicPolicy OnNewTopic { get; init; } = NewTopicPolicy.Fail;

    /// <summary>Consumers to which is done what can be done to a process alone; on real servers the others start faster without one.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>So many events are in the graph in the end.</summary>
    public required int EventCount { get; init; }

    /// <summary>So many dead letters are in their topic in the end.</summary>
    public int DeadLetterCount { get; init; }

    /// <summary>Why a consumer gave up; null if none did.</summary>
    public string? Fatal { get; init; }

    /// <summary>Small batches, so that there are several, and a short wait until the ledger is looked at again.</summary>
    public StreamOptions Options => new()
    {
        GroupId = "story",
        MaxBatchSize = 20,
        IdleCheckInterval = TimeSpan.FromSeconds(1),
        OnGap = OnGap,
        OnNewTopic = OnNewTopic,
    };

    public override string ToString() => Name;

    public static StoredMessage Event(string id, string key) => StoredMessage.Of(MessageKinds.Event, id, key);

    /// <summary>One that the database refuses.</summary>
    public static StoredMessage Refused(string id, string key) => StoredMessage.Of(MessageKinds.Refused, id, key);

    /// <summary>One that has nothing for the graph.</summary>
    public static StoredMessage Nothing(string key) => StoredMessage.Of(MessageKinds.Nothing, "none", key);

    /// <summary>One that cannot be read.</summary>
    public static StoredMessage Rubbish(string key) => StoredMessage.Of(MessageKinds.Rubbish, "none", key);

    /// <summary>Events of a partition by their numbers, of five keys in turn.</summary>
    public static StoredMessage[] Events(int partition, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(number => Event($"{partition}-{number}", $"{partition}-key-{number % 5}"))];
}
