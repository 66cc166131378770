using System.Diagnostics;
using System.Globalization;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Pacing;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Processes;

namespace MovieFriends.Bench.Candidates;

/// <summary>Producer and consumer of this product, one after the other, with a backlog of one size.</summary>
/// <param name="environment">What they work on.</param>
/// <param name="messages">The size of the backlog.</param>
internal sealed class MemoryRun(BenchEnvironment environment, long messages)
{
    /// <summary>Fills a topic, as fast as it can.</summary>
    /// <exception cref="InvalidOperationException">The producer failed.</exception>
    public async Task<(Sample Sample, MemoryWatch Memory)> ProduceAsync(FreshTopic topic, CancellationToken cancellationToken)
    {
        await using var process = ServiceProcess.Start("producer",
        [
            .. environment.Variables,
            .. topic.Settings,
            new("Producer__Mode", "Load"),
            new("Producer__Messages", messages.ToString(CultureInfo.InvariantCulture)),
            new("Producer__Users", environment.Options.GraphUsers.ToString(CultureInfo.InvariantCulture)),
            new("Producer__StartTime", BenchEnvironment.StartTime),
        ]);
        return await FollowAsync(process, Timeout.InfiniteTimeSpan, () => Task.FromResult(messages), cancellationToken);
    }

    /// <summary>Consumes a topic to its end, or for as long as is allowed.</summary>
    /// <exception cref="InvalidOperationException">The consumer failed, or the graph does not hold what it should.</exception>
    public async Task<(Sample Sample, MemoryWatch Memory)> ConsumeAsync(FreshTopic topic, CancellationToken cancellationToken)
    {
        await environment.Charges.ClearAsync(cancellationToken);
        await using var process = ServiceProcess.Start("consumer",
        [
            .. environment.Variables,
            .. topic.Settings,
            new("Consumer__StopAt", "End"),
            new("Consumer__MaxBatchSize", environment.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
            new("Consumer__GroupId", $"bench-{Guid.NewGuid():N}"),
        ]);
        IReadOnlyDictionary<int, long> positions = new Dictionary<int, long>();
        var result = await FollowAsync(
            process,
            TimeSpan.FromSeconds(environment.Options.BacklogSeconds),
            async () =>
            {
                await using var session = environment.Graph.AsyncSession();
                positions = await LedgerPositions.ReadAsync(session);
                return positions.Values.Sum();
            },
            cancellationToken);
        var expected = await Task.Run(() => TopicTotals.Read(environment.Variables, topic.Name, positions, cancellationToken), cancellationToken);
        await environment.Charges.RequireAsync(expected, $"a round of 'consumer' with {messages:N0} messages");
        return result;
    }

    private static async Task<(Sample Sample, MemoryWatch Memory)> FollowAsync(
        ServiceProcess process, TimeSpan longest, Func<Task<long>> count, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var memory = MemoryWatch.FollowAsync(process.Id, process.Exited);
        var processorTime = ProcessorTime.FollowAsync(process.Id, process.Exited);
        if (await Task.WhenAny(process.Exited, Task.Delay(longest, cancellationToken)) != process.Exited)
            process.Terminate();
        var exitCode = await process.Exited.WaitAsync(cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        if (exitCode != 0)
            throw new InvalidOperationException($"The {process.Service} ended with {exitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, process.Log)}");

        var watched = await memory;
        var counts = new Dictionary<string, long> { ["messages"] = await count() };
        return (new Sample(watched.PeakMebibytes, seconds, await processorTime, counts), watched);
    }
}
