using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Servers;
using MovieFriends.Seeder.Generation;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// The producer of the article of 2017: one loop that puts a string together for each message, hands it to the client without a key,
/// asks for no delivery report, and flushes at the end. Where the client's queue is full, the article counts an error and loses the
/// message; here it is counted and sent again, for the round would not count otherwise.
/// </summary>
internal sealed class Producer2017(BenchEnvironment environment, string topic) : ICandidate
{
    private const int Cents = 5_000;

    private static readonly TimeSpan s_roomWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public string Name => "2017";

    /// <exception cref="TimeoutException">Messages do not arrive.</exception>
    public Task<Sample> RunAsync(CancellationToken cancellationToken) => Task.Run(() => Run(cancellationToken), cancellationToken);

    private Sample Run(CancellationToken cancellationToken)
    {
        var config = KafkaClientSettings.Producer(environment.Variables);

        // What the client did in 2017 unless told otherwise; and the loop itself polls, as there.
        config.Acks = Acks.Leader;
        config.EnableIdempotence = false;
        config.EnableBackgroundPoll = false;
        using var producer = new ProducerBuilder<Null, string>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

        var watch = Stopwatch.StartNew();
        var bufferErrors = 0L;
        for (var i = 0L; i < environment.Options.Messages; i++)
        {
            var message = new Message<Null, string> { Value = Charge(i) };
            while (!TryProduce(producer, message))
            {
                cancellationToken.ThrowIfCancellationRequested();
                bufferErrors++;
                producer.Poll(s_roomWait);
            }
        }

        if (producer.Flush(s_timeout) is > 0 and var left)
            throw new TimeoutException($"{left} messages have not arrived within {s_timeout.TotalSeconds:0} s.");

        var seconds = watch.Elapsed.TotalSeconds;
        return new Sample(environment.Options.Messages / seconds, seconds, null, new Dictionary<string, long> { ["buffer errors"] = bufferErrors });
    }

    private static string Charge(long number)
    {
        var amount = Random.Shared.Next(Cents) / 100.0;
        var seconds = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{ComponentPlan.FirstUserId + number},{amount},{seconds:0.000000}");
    }

    private bool TryProduce(IProducer<Null, string> producer, Message<Null, string> message)
    {
        try
        {
            producer.Produce(topic, message);
            return true;
        }
        catch (ProduceException<Null, string> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }
}
