using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using MovieFriends.Chaos.Judging;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Chaos.Traffic;
using MovieFriends.Reports;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Observing;

/// <summary>
/// Looks four times a second at the ledger, past its link, and twice a second at the ends of the topics, for the report. While one of them does not
/// answer, what it said last counts.
/// </summary>
internal sealed class Recorder(IDriver graph, IReadOnlyDictionary<string, string> environment, Fleet fleet, Journal journal) : IAsyncDisposable
{
    private const string Ledger = "MATCH (o:KafkaOffset) RETURN o.id AS id, o.nextOffset AS next, o.owner AS owner ORDER BY id";
    private static readonly TimeSpan s_ledgerInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_endsInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(1);
    private static readonly string[] s_topics = [Judgement.ChargesTopic, Judgement.RentalsTopic];

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TopicPartition, long> _ends = new();
    private readonly Dictionary<string, string> _consumers = [];
    private readonly List<RunSample> _samples = [];
    private Task _looking = Task.CompletedTask;

    /// <summary>What it has seen, once it has ended.</summary>
    public IReadOnlyList<RunSample> Samples => _samples;

    public void Begin() => _looking = Task.WhenAll(
        LookAsync(_stop.Token), Task.Factory.StartNew(() => WatchEnds(_stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _looking;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        Seen? seen = null;
        var asking = Task.FromResult<Seen?>(null);
        using var ticks = new PeriodicTimer(s_ledgerInterval);
        try
        {
            do
            {
                // A question may take as long as the database is away; time goes on meanwhile.
                if (asking.IsCompleted)
                    (seen, asking) = (await asking ?? seen, AskAsync());
                if (seen is not null)
                    _samples.Add(new RunSample(journal.Elapsed, seen.Settled, _ends.IsEmpty ? null : Math.Max(_ends.Values.Sum() - seen.Settled, 0), seen.Owners));
            }
            while (await ticks.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }

        await asking;
    }

    private async Task<Seen?> AskAsync()
    {
        try
        {
            await using var session = graph.AsyncSession();
            var rows = await (await session.RunAsync(Ledger)).ToListAsync();
            foreach (var consumer in fleet.Of("consumer"))
                _consumers[consumer.Process.Id.ToString(CultureInfo.InvariantCulture)] = consumer.Name;
            return new Seen(
                rows.Sum(row => row["next"].As<long>()),
                [.. rows.Select(row => (Partition: row["id"].As<string>(), Owner: Name(row["owner"].As<string?>()))).Where(row => row.Owner is not null).Select(row => (row.Partition, row.Owner!))]);
        }
        catch (Neo4jException)
        {
            // The database is away.
            return null;
        }
    }

    // An owner is MACHINE/PROCESS/..., and consumers are known by their places in the fleet.
    private string? Name(string? owner) =>
        owner?.Split('/') is [_, var process, ..] ? _consumers.GetValueOrDefault(process, $"process {process}") : owner;

    private void WatchEnds(CancellationToken cancellationToken)
    {
        var config = KafkaClientSettings.Consumer(environment);
        config.GroupId = "chaos-recorder";
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        do
        {
            foreach (var topic in s_topics)
                ReadEnds(topic);
        }
        while (!cancellationToken.WaitHandle.WaitOne(s_endsInterval));

        void ReadEnds(string topic)
        {
            try
            {
                foreach (var partition in admin.GetMetadata(topic, s_answerTime).Topics[0].Partitions.ConvertAll(found => new TopicPartition(topic, found.PartitionId)))
                    _ends[partition] = consumer.QueryWatermarkOffsets(partition, s_answerTime).High.Value;
            }
            catch (KafkaException)
            {
                // The broker is away.
            }
        }
    }

    private sealed record Seen(long Settled, IReadOnlyList<(string Partition, string Owner)> Owners);
}
