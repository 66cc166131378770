using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>Waits until Kafka answers and the topic is there.</summary>
public sealed partial class TopicReadiness(
    TopicSettings topic,
    KafkaHealth health,
    KafkaClientLog clientLog,
    TimeProvider time,
    ILogger<TopicReadiness> logger)
{
    private readonly string _createBeforehand = $" Creating a topic takes the right CREATE; where a service must not have it, create the topics beforehand and set {topic.Section}:{nameof(topic.Create)}=false.";

    // The client does not end a question when the broker refuses the sign-in: only when the question's time is over does anybody hear of it. So the first ones
    // are short; a broker that is far away has longer ones.
    private static readonly TimeSpan s_firstTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastTimeout = TimeSpan.FromSeconds(5);

    // So many questions, some 6 s, may go without an answer before that is said without a reason: a client that is busy finds out later.
    private const int QuietFailures = 3;

    private int _brokers;

    /// <summary>Creates the topics where that is wanted, and waits for the topic.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The topic's partitions.</returns>
    /// <exception cref="FatalException">Kafka refuses for a reason that no repetition mends.</exception>
    public Task<IReadOnlyList<TopicPartition>> WaitAsync(Handle client, CancellationToken cancellationToken) =>
        WaitAsync(client, topic.Create, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Finds the topic and creates nothing.</summary>
    /// <param name="client">The handle of a producer or consumer, whose connections are used.</param>
    /// <param name="missingTimeout">How long a topic that is missing is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The topic's partitions.</returns>
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
                    LogMissing(logger, topic.Name);
                missingSince ??= time.GetTimestamp();
                if (missingTimeout >= TimeSpan.Zero && time.GetElapsedTime(missingSince.Value) >= missingTimeout)
                    throw new FatalException($"Topic {topic.Name} does not exist. Start what writes to it, or name another{(topic.NameKey is null ? string.Empty : $" in {topic.NameKey}")}.");
            }
            catch (KafkaException exception)
            {
                // Nothing was begun, so that a refusal ends the service at once: whoever started it may do so again.
                clientLog.ThrowIfRefused();
                var (what, error) = Refusal(exception);
                if (KafkaFailure.Classify(error) == KafkaFailureKind.Refused)
                    throw new FatalException(KafkaFailure.Explain(error, what) + (exception is CreateTopicsException ? _createBeforehand : string.Empty), exception);
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
            : ($"topic {topic.Name}", exception.Error);

    private string Replicas(Error error) =>
        $"{topic.Section}:{nameof(topic.ReplicationFactor)} = {topic.ReplicationFactor} asks for as many brokers for a new topic, and Kafka has {_brokers}. This ends when there are more, or with a smaller number ({error.Reason})";

    private async Task<IReadOnlyList<TopicPartition>> TryAsync(IAdminClient admin, bool create, TimeSpan timeout)
    {
        var name = topic.Name;

        // The question blocks; an unreachable broker must not hold up the caller's thread.
        var cluster = await Task.Run(() => admin.GetMetadata(timeout));
        _brokers = cluster.Brokers.Count;
        if (create)
            await TopicCreator.EnsureAsync(admin, topic, cluster.Topics.ConvertAll(t => t.Topic));
        var metadata = await Task.Run(() => admin.GetMetadata(name, timeout));
        var found = metadata.Topics.Find(t => t.Topic == name);
        if (found is null || found.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable)
            return [];
        if (found.Error.IsError)
            throw new KafkaException(found.Error);
        return found.Partitions.Exists(p => p.Leader < 0) ? [] : found.Partitions.ConvertAll(p => new TopicPartition(name, p.PartitionId));
    }

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} is not there yet; waiting for it.")]
    private static partial void LogMissing(ILogger logger, string topic);
}
