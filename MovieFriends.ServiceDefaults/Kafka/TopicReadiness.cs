using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;

namespace MovieFriends.ServiceDefaults.Kafka;

/// <summary>Waits until Kafka answers and the charge topic is there.</summary>
public sealed partial class TopicReadiness(
    IOptions<TopicOptions> topics,
    KafkaHealth health,
    KafkaClientLog clientLog,
    TimeProvider time,
    ILogger<TopicReadiness> logger)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    // No repetition mends these.
    private static readonly ErrorCode[] s_fatal =
    [
        ErrorCode.Local_Authentication, ErrorCode.SaslAuthenticationFailed, ErrorCode.ClusterAuthorizationFailed, ErrorCode.TopicAuthorizationFailed,
        ErrorCode.InvalidPartitions, ErrorCode.PolicyViolation, ErrorCode.TopicException,
    ];

    /// <summary>Creates the topics where that is wanted, and waits for the charge topic.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The charge topic's partitions.</returns>
    /// <exception cref="FatalException">Kafka refuses for a reason that no repetition mends.</exception>
    public Task<IReadOnlyList<TopicPartition>> WaitAsync(Handle client, CancellationToken cancellationToken) =>
        WaitAsync(client, topics.Value.Create, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Finds the charge topic and creates nothing.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="patience">How long a topic that is missing is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The charge topic's partitions.</returns>
    /// <exception cref="FatalException">The topic is missing, or Kafka refuses for a reason that no repetition mends.</exception>
    public Task<IReadOnlyList<TopicPartition>> FindAsync(Handle client, TimeSpan patience, CancellationToken cancellationToken) =>
        WaitAsync(client, create: false, patience, cancellationToken);

    private async Task<IReadOnlyList<TopicPartition>> WaitAsync(Handle client, bool create, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var admin = new DependentAdminClientBuilder(client).Build();
        long? missingSince = null;
        for (var failures = 1; ; failures++)
        {
            try
            {
                var partitions = await TryAsync(admin, create);
                health.Working();
                if (partitions.Count > 0)
                    return partitions;

                // A broker that creates topics by itself begins to do so when it is asked about one.
                if (missingSince is null)
                    LogMissing(logger, topics.Value.Charges);
                missingSince ??= time.GetTimestamp();
                if (patience >= TimeSpan.Zero && time.GetElapsedTime(missingSince.Value) >= patience)
                    throw new FatalException($"Topic {topics.Value.Charges} does not exist. Start what writes to it, or name another in Topics:Charges.");
            }
            catch (KafkaException exception)
            {
                var error = exception is CreateTopicsException refusal ? refusal.Results.Find(r => r.Error.IsError)?.Error ?? refusal.Error : exception.Error;
                if (error.IsFatal || s_fatal.Contains(error.Code))
                    throw new FatalException($"Kafka refuses: {error.Reason}", exception);
                clientLog.ThrowIfRefused();
                health.Away(clientLog.Reason ?? error.Reason);
            }

            await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<TopicPartition>> TryAsync(IAdminClient admin, bool create)
    {
        var name = topics.Value.Charges;

        // The question blocks; an unreachable broker must not hold up the caller's thread.
        await Task.Run(() => admin.GetMetadata(s_timeout));
        if (create)
            await TopicCreator.EnsureAsync(admin, topics.Value);
        var metadata = await Task.Run(() => admin.GetMetadata(name, s_timeout));
        var topic = metadata.Topics.Find(t => t.Topic == name);
        if (topic is null || topic.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable)
            return [];
        if (topic.Error.IsError)
            throw new KafkaException(topic.Error);
        return topic.Partitions.Exists(p => p.Leader < 0) ? [] : topic.Partitions.ConvertAll(p => new TopicPartition(name, p.PartitionId));
    }

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} is not there yet; waiting for it.")]
    private static partial void LogMissing(ILogger logger, string topic);
}
