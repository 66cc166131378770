using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Chaos;
using MovieFriends.Chaos.Servers;

namespace MovieFriends.Bench.Environments;

/// <summary>A topic that nobody has written to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many it has.</param>
internal sealed record FreshTopic(string Name, int Partitions)
{
    /// <summary>What a service is told so that this is its topic, as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => [new("Topics__Charges", Name), new("Topics__DeadLetters", $"{Name}.dead-letter")];

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);

    /// <summary>Creates it, and waits until all of its partitions are led.</summary>
    /// <param name="environment">How to reach the broker, as environment variables.</param>
    /// <param name="purpose">The beginning of its name.</param>
    /// <param name="partitions">How many it is to have. A broker that takes no requests for topics gives it as many as it likes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">The broker has not created it in time.</exception>
    public static async Task<FreshTopic> CreateAsync(IReadOnlyDictionary<string, string> environment, string purpose, int partitions, CancellationToken cancellationToken)
    {
        var name = $"{purpose}-{Guid.NewGuid():N}";
        using var admin = Open(environment);
        if (TakesRequests(environment))
            await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = -1 }]);
        return await Wait.UntilAsync($"topic {name} is there", s_timeout, () => Task.Run(() => Find(admin, name)), cancellationToken);
    }

    /// <summary>Deletes it; a broker without a request for it keeps it until its data is gone.</summary>
    public async Task DeleteAsync(IReadOnlyDictionary<string, string> environment)
    {
        if (!TakesRequests(environment))
            return;
        using var admin = Open(environment);
        await admin.DeleteTopicsAsync([Name]);
    }

    private static IAdminClient Open(IReadOnlyDictionary<string, string> environment) =>
        new AdminClientBuilder(KafkaClientSettings.Admin(environment)).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private static bool TakesRequests(IReadOnlyDictionary<string, string> environment) =>
        !environment.TryGetValue("Topics__Create", out var create) || bool.Parse(create);

    // A broker without a request for it makes a topic when it is asked about one.
    private static FreshTopic? Find(IAdminClient admin, string name)
    {
        var topic = admin.GetMetadata(name, s_answerTime).Topics.Find(topic => topic.Topic == name);
        return topic is { Error.IsError: false, Partitions.Count: > 0 } && topic.Partitions.TrueForAll(partition => partition.Leader >= 0)
            ? new FreshTopic(name, topic.Partitions.Count)
            : null;
    }
}
