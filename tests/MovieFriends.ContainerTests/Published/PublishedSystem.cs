using System.Diagnostics;
using Neo4j.Driver;

namespace MovieFriends.ContainerTests.Published;

/// <summary>Containers in a network of their own, where each is reached by its name; all of it goes at the end.</summary>
internal sealed class PublishedSystem(string password) : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(120);

    private readonly string _prefix = $"moviefriends-test-{Guid.NewGuid():N}"[..28];
    private readonly List<string> _containers = [];
    private readonly HashSet<string> _volumes = [];

    public async Task CreateAsync() => await Engine.AskAsync("network", "create", _prefix);

    /// <summary>Starts one more of it, and says what it is called.</summary>
    public async Task<string> StartAsync(PublishedContainer container)
    {
        var name = $"{_prefix}-{container.Name}-{_containers.Count}";
        _containers.Add(name);
        List<string> arguments = ["run", "--detach", "--name", name, "--network", _prefix, "--network-alias", container.Name, "--restart", container.Restart];
        foreach (var volume in container.Volumes)
            arguments.AddRange(["--volume", volume.StartsWith('/') ? volume : Named(volume)]);
        foreach (var (variable, value) in container.Environment)
            arguments.AddRange(["--env", $"{variable}={value}"]);
        if (container.HealthCommand is not null)
            arguments.AddRange(["--health-cmd", container.HealthCommand, "--health-interval", "1s", "--health-retries", "60"]);
        if (container.Name == "graph")
            arguments.AddRange(["--publish", "127.0.0.1::7687"]);
        await Engine.AskAsync([.. arguments, container.Image]);
        return name;
    }

    public async Task<(int ExitCode, string Output)> RunToEndAsync(PublishedContainer container, TimeSpan? timeout = null)
    {
        var name = await StartAsync(container);
        var exitCode = await ExitCodeAsync(name, timeout);
        return (exitCode, await Engine.AskAsync("logs", name));
    }

    /// <summary>Starts everything that starts by itself, each when what it waits for is healthy or has ended well.</summary>
    public async Task StartInOrderAsync(IReadOnlyList<PublishedContainer> containers)
    {
        var started = new Dictionary<string, string>();
        while (containers.FirstOrDefault(container => !container.ByHand && !started.ContainsKey(container.Name) && container.DependsOn.Keys.All(started.ContainsKey)) is { } next)
        {
            foreach (var (name, condition) in next.DependsOn)
            {
                if (condition == "service_completed_successfully")
                    Assert.Equal(0, await ExitCodeAsync(started[name]));
                else
                    await UntilAsync($"{name} is healthy", async () => await Engine.AskAsync("inspect", started[name], "--format", "{{.State.Health.Status}}") == "healthy");
            }

            started[next.Name] = await StartAsync(next);
        }

        Assert.Equal(containers.Where(container => !container.ByHand).Select(container => container.Name).Order(StringComparer.Ordinal), started.Keys.Order(StringComparer.Ordinal));
    }

    public string Find(string name) => _containers.Last(container => container.StartsWith($"{_prefix}-{name}-", StringComparison.Ordinal));

    /// <summary>Waits until more messages than that are in the graph, by its ledger; a user has one charge a day, however many messages there are.</summary>
    public async Task<long> MessagesAfterAsync(long count)
    {
        var address = (await Engine.AskAsync("port", Find("graph"), "7687")).Split('\n')[0];
        await using var driver = GraphDatabase.Driver(new Uri($"bolt://{address}"), AuthTokens.Basic("neo4j", password));
        long found = 0;
        await UntilAsync($"the graph has more than {count} messages", async () =>
        {
            try
            {
                await using var session = driver.AsyncSession();
                var cursor = await session.RunAsync("MATCH (o:KafkaOffset) RETURN sum(o.nextOffset) AS n");
                found = (await cursor.SingleAsync())["n"].As<long>();
                return found > count;
            }
            catch (Neo4jException)
            {
                // The server is still starting.
                return false;
            }
        });
        return found;
    }

    /// <summary>The last lines of every container.</summary>
    public async Task<string> LogsAsync() =>
        string.Join('\n', await Task.WhenAll(_containers.Select(async container => $"--- {container}\n{await Engine.AskAsync("logs", "--timestamps", "--tail", "40", container)}")));

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
            await Engine.AskAsync("rm", "--force", "--volumes", container);
        foreach (var volume in _volumes)
            await Engine.AskAsync("volume", "rm", "--force", volume);
        await Engine.AskAsync("network", "rm", _prefix);
    }

    private string Named(string volume)
    {
        _volumes.Add($"{_prefix}-{volume.Split(':')[0]}");
        return $"{_prefix}-{volume}";
    }

    private async Task<int> ExitCodeAsync(string name, TimeSpan? timeout = null)
    {
        var code = 0;
        await UntilAsync($"{name} has ended", async () =>
        {
            var state = (await Engine.AskAsync("inspect", name, "--format", "{{.State.Status}} {{.State.ExitCode}}")).Split(' ');
            code = int.Parse(state[1], System.Globalization.CultureInfo.InvariantCulture);
            return state[0] == "exited";
        }, timeout);
        return code;
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan? timeout = null)
    {
        var limit = timeout ?? s_timeout;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        for (var start = Stopwatch.GetTimestamp(); !await isSo(); await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (Stopwatch.GetElapsedTime(start) < limit)
                continue;

            throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.\n{await LogsAsync()}");
        }
    }
}
