using System.Collections.Concurrent;
using System.Diagnostics;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Testing;

/// <summary>Builds once, runs one suite after the other, or up to three at a time where the machine bears it, and adds up what came out.</summary>
internal sealed class TestRun(Checkout checkout, Display display, bool modern)
{
    private static readonly string[] s_homes = [KafkaHome.Variable, Neo4jHome.Variable];

    // Tests on servers wait most of the time. What suites, each with servers of its own, need so as not to be in each other's way.
    private const int MostAtOnce = 3;
    private const int ProcessorsForSeveral = 2;
    private const long MemoryForEach = 6L << 30;

    private readonly TestProgress _progress = new(display);

    /// <param name="suites">The suites, in the order in which they run.</param>
    /// <param name="filter">Part of a class or method name, or null.</param>
    /// <param name="cancellationToken">Ends everything that was started.</param>
    /// <returns>0 if tests ran and none failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Suite> suites, string? filter, CancellationToken cancellationToken)
    {
        // Tests start Kafka and Neo4j on this machine, whatever else there is.
        var local = suites.Any(suite => suite is not (Suite.Unit or Suite.Containers));
        await new MachineSetup(checkout, display).EnsureAsync(new(local ? ServerMode.Local : CommandLine.ServersVariable), cancellationToken);

        var summary = new TestSummary(display, _progress);
        var projects = TestProject.FindAll(checkout.Root).Where(project => suites.Any(suite => project.NeedsServers == (suite != Suite.Unit))).ToArray();
        if (await BuildAsync(projects, summary, whole: suites.Contains(Suite.Unit) && suites.Count > 1, cancellationToken))
        {
            await RunAsync([.. suites.Select(suite => new TestTally(suite, _progress))], projects, filter, summary, cancellationToken);
        }

        return summary.Write(filter);
    }

    private async Task<bool> BuildAsync(IReadOnlyList<TestProject> projects, TestSummary summary, bool whole, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var build = new TestBuild(checkout, _progress);
        display.Line("Building ...");
        try
        {
            var paths = projects.Select(project => project.Path).Concat(whole ? TestBuild.SolutionProjects(checkout) : []);
            await _progress.WatchAsync(() => build.Status, () => build.RunAsync(paths, cancellationToken));
            return true;
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            summary.BuildFailed();
            return false;
        }
        finally
        {
            summary.Built(Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task RunAsync(TestTally[] tallies, TestProject[] projects, string? filter, TestSummary summary, CancellationToken cancellationToken)
    {
        using var interrupted = cancellationToken.Register(() => _progress.Line("Ending what the tests have started ..."));
        await _progress.WatchAsync(() => string.Join("; ", tallies.Where(tally => tally.IsRunning).Select(tally => tally.Status)), async () =>
        {
            // Whatever is wrong in there is known soonest, and it keeps every processor busy.
            foreach (var tally in tallies.Where(tally => tally.Suite == Suite.Unit))
                await RunAsync(tally, projects, filter, cancellationToken);

            // The longest one begins, so that the others can fill the time beside it.
            var rest = tallies.Where(tally => tally.Suite != Suite.Unit);
            var atOnce = AtOnce();
            if (atOnce > 1)
                rest = rest.OrderByDescending(tally => tally.Suite == Suite.Slow);
            var waiting = new ConcurrentQueue<TestTally>(rest);
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => RunWaitingAsync(waiting)));
        });
        foreach (var tally in tallies.Where(tally => tally.HasRun))
            summary.Add(tally);

        async Task RunWaitingAsync(ConcurrentQueue<TestTally> waiting)
        {
            while (waiting.TryDequeue(out var tally))
                await RunAsync(tally, projects, filter, cancellationToken);
        }
    }

    private static int AtOnce() => Environment.ProcessorCount < ProcessorsForSeveral
        ? 1
        : (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryForEach, 1, MostAtOnce);

    private async Task RunAsync(TestTally tally, IEnumerable<TestProject> projects, string? filter, CancellationToken cancellationToken)
    {
        var suite = tally.Suite;
        var npm = suite.UsesNpmServers(modern);
        if (npm && await PrepareNpmAsync(cancellationToken) is { } reason)
        {
            display.Line($"{suite}: does not run. {reason}");
            return;
        }

        _progress.Line($"{suite}{(suite is Suite.Unit or Suite.Containers ? "" : npm ? ", on the servers from npm" : ", on modern servers")} ...");
        var start = Stopwatch.GetTimestamp();
        foreach (var project in projects.Where(project => project.NeedsServers == (suite != Suite.Unit)))
            await new TestProgram(checkout, project, tally).RunAsync(suite.Arguments(modern, filter), npm ? s_homes : [], cancellationToken);
        tally.Ended(Stopwatch.GetElapsedTime(start));
        _progress.Line($"{suite} is done: {tally.Counts}, {TestProgress.Clock(tally.Duration)}");
    }

    // Set-up sees to the servers that this machine uses; with modern ones at hand, those from npm are not among them.
    private async Task<string?> PrepareNpmAsync(CancellationToken cancellationToken)
    {
        var servers = new NpmInstaller(checkout, display);
        var probe = SetupState.Load(checkout);
        if (probe is { OfficialDriver: true })
            return "The official Neo4j driver does not speak to the Neo4j that npm has.";
        if (servers.AreInstalled)
            return null;
        if (probe?.Npm is not { } npm)
            return "There is no npm to install its servers.";
        await servers.InstallAsync(npm, cancellationToken);
        return null;
    }
}
