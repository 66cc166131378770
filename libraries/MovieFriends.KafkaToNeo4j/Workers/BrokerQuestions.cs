using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Asks the broker where a partition stands, again and again until it says so. Thread-safe.</summary>
/// <param name="health">Hears whether Kafka answers.</param>
/// <param name="time">What time it is.</param>
/// <param name="random">Spreads the waits between attempts; thread-safe.</param>
/// <param name="logger">Hears of a partition that has to wait.</param>
internal sealed partial class BrokerQuestions(KafkaHealth health, TimeProvider time, Random random, ILogger<BrokerQuestions> logger)
{
    // A topic that was created just now has no leader for a moment.
    private const int QuietFailures = 3;

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="topic">The topic that is asked about.</param>
    /// <param name="partition">The partition that waits for the answer.</param>
    /// <param name="question">Asks once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FatalException">Kafka refuses to say for too long.</exception>
    public async Task<T> AskAsync<T>(string topic, int partition, Func<Task<T>> question, CancellationToken cancellationToken)
    {
        var what = $"where topic {topic} stands";
        var isSaid = false;
        for (var failures = 1; ; failures++)
        {
            try
            {
                var answer = await question().WaitAsync(cancellationToken);
                health.Working(what);
                if (isSaid)
                    LogGoesOn(logger, partition, topic);
                return answer;
            }
            catch (KafkaException exception)
            {
                if (KafkaFailure.Classify(exception.Error) == KafkaFailureKind.Refused)
                    health.Failed(exception.Error, what);
                else if (failures > QuietFailures && !isSaid)
                {
                    isSaid = true;
                    LogWaiting(logger, partition, topic, exception.Error.Reason);
                }

                await Task.Delay(Backoff.After(failures, random.NextDouble()), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} waits: Kafka does not say where topic {Topic} stands, and is asked again until it does: {Reason}")]
    private static partial void LogWaiting(ILogger logger, int partition, string topic, string reason);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} goes on: Kafka says where topic {Topic} stands.")]
    private static partial void LogGoesOn(ILogger logger, int partition, string topic);
}
