using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Verifier.Expected;

/// <summary>Where the partitions of a topic begin and end.</summary>
/// <typeparam name="TValue">What its messages are read into.</typeparam>
internal sealed class TopicWatermarks<TValue>(
    IConsumer<Ignore, TValue> consumer, TopicReadiness readiness, IOptions<VerifierOptions> options, TimeProvider time)
{
    // A partition that was made just now, or whose leader moves, is asked about again: for some seconds, as each attempt waits for an answer itself.
    private const int Attempts = 10;

    /// <summary>The topic's partitions, once it is there.</summary>
    public Task<IReadOnlyList<TopicPartition>> FindPartitionsAsync(CancellationToken cancellationToken) =>
        readiness.FindAsync(consumer.Handle, TimeSpan.FromSeconds(options.Value.WaitSeconds), cancellationToken);

    /// <summary>The first offset of each partition, and the one after its last.</summary>
    /// <exception cref="FatalException">Kafka does not say.</exception>
    public async Task<Dictionary<TopicPartition, (long Earliest, long Latest)>> ReadAsync(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var offsets = await WatermarkReader.ReadAsync(consumer, partitions, cancellationToken);
                return partitions.Zip(offsets).ToDictionary(p => p.First, p => (p.Second.Earliest, p.Second.Latest));
            }
            catch (KafkaException exception)
            {
                if (failures == Attempts || KafkaFailure.Classify(exception.Error) == KafkaFailureKind.Refused)
                    throw new FatalException($"Kafka does not say where the topic ends: {exception.Error.Reason}", exception);
            }

            await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}
