using System.Collections.Concurrent;
using System.Globalization;
using MovieFriends.Chaos.Judging;
using MovieFriends.Chaos.Observing;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;

namespace MovieFriends.Chaos.Traffic;

/// <summary>Consumers and producers. Whatever ends is started again at once, as an orchestrator would.</summary>
internal sealed class Fleet(ServersUnderTest servers, ChaosOptions options, LogCounters counters, Journal journal) : IAsyncDisposable
{
    private const int QuotedLines = 15;

    /// <summary>SIGTERM is answered within that; a consumer alone may take 30 s for what is under way.</summary>
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(50);

    /// <summary>What ends at once each time must not be started as fast as the machine can.</summary>
    private static readonly TimeSpan s_restartPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Member> _members = [];
    private readonly ConcurrentBag<string> _unexpectedEnds = [];
    private readonly ConcurrentDictionary<string, int> _restarts = new();
    private readonly DateTimeOffset _tomorrow = DateTimeOffset.UtcNow.AddDays(1);
    private int _consumers;
    private volatile bool _stopping;

    /// <summary>Services that ended by themselves, or not as they should when they were told to.</summary>
    public IReadOnlyCollection<string> UnexpectedEnds => _unexpectedEnds;

    /// <summary>Services that were started again, by name of the service.</summary>
    public IReadOnlyDictionary<string, int> Restarts => _restarts;

    /// <summary>The longest time from SIGTERM to a service's end.</summary>
    public TimeSpan SlowestEnd { get; private set; }

    public IReadOnlyList<Member> Of(string service)
    {
        lock (_lock)
            return [.. _members.Where(member => member.Service == service && !member.HasLeft)];
    }

    public Member AddConsumer() => Add("consumer", $"consumer {Interlocked.Increment(ref _consumers)}", Environment());

    public void AddProducers()
    {
        Add("producer", "producer", Producer(options.Rate, options.Seed));
        var second = Producer(options.Rate / 4, options.Seed + 1);
        second["Producer__StartTime"] = _tomorrow.ToString("o", CultureInfo.InvariantCulture);
        Add("producer", "producer of the second day", second);
        var rentals = Producer(options.Rate / 4, options.Seed + 2);
        rentals["Producer__Events"] = "Rentals";

        // Few, so that many rentals meet at one movie, whose lock they need.
        rentals["Producer__Movies"] = "200";
        Add("producer", "producer of rentals", rentals);
    }

    /// <summary>Fills the place again after its process has ended.</summary>
    public void Restart(Member member)
    {
        _restarts.AddOrUpdate(member.Service, 1, (_, count) => count + 1);
        Start(member);
        journal.Write($"{member} is started again");
    }

    /// <summary>SIGTERM, and an orderly end is expected.</summary>
    /// <param name="member">Who.</param>
    /// <param name="mayFail">Whether it may end with an error, because what it needs may be away.</param>
    public async Task TerminateAsync(Member member, bool mayFail)
    {
        var process = member.Process;
        var started = TimeProvider.System.GetTimestamp();
        process.Terminate();
        if (await Task.WhenAny(process.Exited, Task.Delay(s_stopTimeout)) != process.Exited)
        {
            Unexpected(member, $"did not end within {s_stopTimeout.TotalSeconds:0} s of SIGTERM");
            process.Kill();
        }
        else if (await process.Exited is not 0 and var exitCode && !mayFail)
        {
            Unexpected(member, $"ended with {exitCode} after SIGTERM");
        }

        await process.Exited;
        var took = TimeProvider.System.GetElapsedTime(started);
        lock (_lock)
            SlowestEnd = took > SlowestEnd ? took : SlowestEnd;
    }

    /// <summary>Stops all of a service, for good.</summary>
    public async Task StopAsync(string service)
    {
        var members = Of(service);
        foreach (var member in members)
            member.HasLeft = true;
        await Task.WhenAll(members.Select(member => TerminateAsync(member, mayFail: false)));
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Member[] members;
        lock (_lock)
            members = [.. _members];
        foreach (var member in members)
            await member.Process.DisposeAsync();
    }

    private Dictionary<string, string> Environment() => new(servers.Environment) { ["Topics__Rentals"] = Judgement.RentalsTopic };

    private Dictionary<string, string> Producer(double rate, long seed) => new(Environment())
    {
        ["Producer__Mode"] = "Live",
        ["Producer__Users"] = options.Users.ToString(CultureInfo.InvariantCulture),
        ["Producer__Rate"] = rate.ToString(CultureInfo.InvariantCulture),
        ["Producer__Seed"] = seed.ToString(CultureInfo.InvariantCulture),
    };

    private Member Add(string service, string name, Dictionary<string, string> environment)
    {
        environment[LogCounters.Setting.Key] = LogCounters.Setting.Value;

        if (options.Logs is { } logs)
        {
            // A crash within a native library says nothing else: the stacks of its threads, with the number of the process.
            environment["DOTNET_DbgEnableMiniDump"] = environment["DOTNET_DbgMiniDumpType"] = "1";
            environment["DOTNET_DbgMiniDumpName"] = Path.Combine(logs, "crash.%p.dmp");
        }

        var member = new Member(service, name, environment);
        Start(member);
        lock (_lock)
            _members.Add(member);
        return member;
    }

    private void Start(Member member)
    {
        var log = new RoleLog(options.Logs, $"{member.Name.Replace(' ', '-')}.{++member.Starts}");
        member.Process = ServiceProcess.Start(member.Service, member.Environment, line =>
        {
            counters.Read(line);
            log.Write(line);
        });
        _ = FollowAsync(member, member.Process, log);
    }

    private async Task FollowAsync(Member member, ServiceProcess process, RoleLog log)
    {
        var exitCode = await process.Exited;
        log.Dispose();
        if (process.IsToldToEnd || _stopping)
            return;

        Unexpected(member, $"ended by itself with {exitCode}");
        await Task.Delay(s_restartPause);
        if (!_stopping && !member.HasLeft)
            Restart(member);
    }

    private void Unexpected(Member member, string what)
    {
        _unexpectedEnds.Add($"{member} {what}");
        journal.Write($"{member} {what}; the end of its log:");
        foreach (var line in member.Process.Log.TakeLast(QuotedLines))
            journal.Write($"  | {line}");
    }
}
