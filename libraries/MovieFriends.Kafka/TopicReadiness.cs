using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>Waits until Kafka answers and the charge topic is there.</summary>
public sealed partial class TopicReadiness(
    IOptions<TopicOptions> topics,
    KafkaHealth health,
    KafkaClientLog clientLog,
    TimeProvider time,
    ILogger<TopicReadiness> logger)
{
    private const string CreateBeforehand = " Creating a topic takes the right CREATE; where a service must not have it, create the topics beforehand and set Topics:Create=false.";

    // The client does not end a question when the broker refuses the sign-in: only when the question's time is over does anybody hear of it. So the first ones
    // are short; a broker that is far away has longer ones.
    private static readonly TimeSpan s_firstTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastTimeout = TimeSpan.FromSeconds(5);

    // So many questions, some 6 s, may go without an answer before that is said without a reason: a client that is busy finds out later.
    private const int QuietFailures = 3;

    private int _brokers;

    /// <summary>Creates the topics where that is wanted, and waits for the charge topic.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The charge topic's partitions.</returns>
    /// <exception cref="FatalException">Kafka refuses for a reason that no repetition mends.</exception>
    public Task<IReadOnlyList<TopicPartition>> WaitAsync(Handle client, CancellationToken cancellationToken) =>
        WaitAsync(client, topics.Value.Create, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Finds the charge topic and creates nothing.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="missingTimeout">How long a topic that is missing is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The charge topic's partitions.</returns>
    /// <exception cref="FatalException">The topic is missing, or Kafka refuses for a reason that no repetition mends.</exception>
    public Task<IReadOnlyList<TopicPartition>> FindAsync(Handle client, TimeSpan missingTimeout, CancellationToken cancellationToken) =>
        WaitAsync(client, create: false, missingTimeout, cancellationToken);

    private async Task<IReadOnlyList<TopicPartition>> WaitAsync(Handle client, bool create, TimeSpan missingTimeout, CancellationToken cancellationToken)
    {
        using var admin = new DependentAdminClientBuilder(client).Build();
        long? missingSince = null;
        for (var failures = 1; ; failures++)
        {
            try
            {
                var timeout = s_firstTimeout * failures < s_lastTimeout ? s_firstTimeout * failures : s_lastTimeout;
                var partitions = await TryAsync(admin, create, timeout);
                health.Working();
                if (partitions.Count > 0)
                    return partitions;

                // A broker that creates topics by itself begins to do so when it is asked about one.
                if (missingSince is null)
                    LogMissing(logger, topics.Value.Charges);
                missingSince ??= time.GetTimestamp();
                if (missingTimeout >= TimeSpan.Zero && time.GetElapsedTime(missingSince.Value) >= missingTimeout)
                    throw new FatalException($"Topic {topics.Value.Charges} does not exist. Start what writes to it, or name another in Topics:Charges.");
            }
            catch (KafkaException exception)
            {
                // Nothing was begun, so that a refusal ends the service at once: whoever started it may do so again.
                clientLog.ThrowIfRefused();
                var (what, error) = Refusal(exception);
                if (KafkaFailure.Classify(error) == KafkaFailureKind.Refused)
                    throw new FatalException(KafkaFailure.Explain(error, what) + (exception is CreateTopicsException ? CreateBeforehand : string.Empty), exception);
                if (IsWorthSaying(error, clientLog.Reason, failures))
                    health.Away(error.Code == ErrorCode.InvalidReplicationFactor ? Replicas(error) : clientLog.Reason ?? error.Reason);
            }

            await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    /// <summary>Whether to say now that Kafka does not answer, which is said once: with the reason, unless that stays unknown.</summary>
    /// <param name="error">What became of the question.</param>
    /// <param name="clientReason">Why the client has no connection, if it knows.</param>
    /// <param name="failures">How many questions have failed.</param>
    internal static bool IsWorthSaying(Error error, string? clientReason, int failures) =>
        clientReason is not null || failures > QuietFailures || error.Code is not (ErrorCode.Local_TimedOut or ErrorCode.Local_Transport);

    private (string What, Error Error) Refusal(KafkaException exception) =>
        exception is CreateTopicsException creation && creation.Results.Find(result => result.Error.IsError) is { } result
            ? ($"creating topic {result.Topic}", result.Error)
            : ($"topic {topics.Value.Charges}", exception.Error);

    private string Replicas(Error error) =>
        $"Topics:ReplicationFactor = {topics.Value.ReplicationFactor} asks for as many brokers for a new topic, and Kafka has {_brokers}. This ends when there are more, or with a smaller number ({error.Reason})";

    private async Task<IReadOnlyList<TopicPartition>> TryAsync(IAdminClient admin, bool create, TimeSpan timeout)
    {
        var name = topics.Value.Charges;

        // The question blocks; an unreachable broker must not hold up the caller's thread.
        var cluster = await Task.Run(() => admin.GetMetadata(timeout));
        _brokers = cluster.Brokers.Count;
        if (create)
            await TopicCreator.EnsureAsync(admin, topics.Value, cluster.Topics.ConvertAll(t => t.Topic));
        var metadata = await Task.Run(() => admin.GetMetadata(name, timeout));
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
