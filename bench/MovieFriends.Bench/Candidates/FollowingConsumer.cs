using System.Globalization;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Pacing;
using MovieFriends.Chaos.Processes;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>The consumer of this product as it runs for ever, a new process each time.</summary>
internal sealed class FollowingConsumer(BenchEnvironment environment) : IFollower
{
    /// <summary>What it is called beside the other.</summary>
    public const string Title = "consumer";

    private const int QuotedLines = 20;

    // A transaction under way may take half a minute to end.
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(40);

    private readonly string _group = $"bench-{Guid.NewGuid():N}";
    private ServiceProcess? _process;

    public string Name => Title;

    public bool WritesEverything => true;

    public Task Ended => Process.Exited;

    /// <summary>The process that runs now, or has run last.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public ServiceProcess Process => _process ?? throw new InvalidOperationException("The consumer was never started.");

    /// <summary>Starts a process, also after another one was killed: it is of the same group.</summary>
    public async Task StartAsync(FreshTopic topic, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        _process = ServiceProcess.Start("consumer",
        [
            .. environment.Variables,
            .. topic.Settings,
            new("Consumer__MaxBatchSize", environment.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
            new("Consumer__GroupId", _group),
        ]);
    }

    public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(IAsyncSession session) => LedgerPositions.ReadAsync(session);

    public async Task StopAsync()
    {
        var exitCode = await Process.StopAsync(s_stopTimeout);
        if (exitCode != 0)
            throw new InvalidOperationException($"The consumer ended with {exitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, Process.Log.TakeLast(QuotedLines))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
