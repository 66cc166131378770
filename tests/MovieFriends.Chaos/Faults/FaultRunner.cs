using System.Collections.Concurrent;
using MovieFriends.Chaos.Network;
using MovieFriends.Chaos.Observing;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Chaos.Traffic;
using MovieFriends.Reports;

namespace MovieFriends.Chaos.Faults;

/// <summary>Lets the faults of a schedule happen. Those at one target follow each other; those at different ones overlap as they will.</summary>
internal sealed class FaultRunner(ServersUnderTest servers, Fleet fleet, Disturbances disturbances, Journal journal, TimeSpan session)
{
    private readonly ConcurrentDictionary<FaultTarget, SemaphoreSlim> _turns = new();
    private readonly ConcurrentDictionary<FaultKind, int> _happened = new();
    private readonly ConcurrentDictionary<FaultTarget, int> _serverRestarts = new();
    private readonly ConcurrentQueue<FaultSpan> _spans = [];

    /// <summary>How often each kind has happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Happened => _happened;

    /// <summary>When each was, from its beginning until what it ended is there again.</summary>
    public IReadOnlyCollection<FaultSpan> Spans => _spans;

    /// <summary>How often a server was started again.</summary>
    public IReadOnlyDictionary<FaultTarget, int> ServerRestarts => _serverRestarts;

    /// <summary>Runs the schedule; ends when the last fault and its recovery are over.</summary>
    public async Task RunAsync(IEnumerable<Fault> schedule, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        foreach (var fault in schedule)
        {
            var left = fault.At - journal.Elapsed;
            if (left > TimeSpan.Zero)
                await Task.Delay(left, cancellationToken);
            running.Add(HappenAsync(fault, cancellationToken));
            if (running.Find(task => task.IsFaulted) is { } failed)
                await failed;
        }

        await Task.WhenAll(running);
    }

    private Task HappenAsync(Fault fault, CancellationToken cancellationToken) => fault.Kind switch
    {
        (FaultAction.Join, _) => CountAsync(fault, JoinAsync),
        (FaultAction.Leave, _) => AtMemberAsync("consumer", fault, LeaveAsync, cancellationToken),
        (_, FaultTarget.Consumer) => AtMemberAsync("consumer", fault, HitAsync, cancellationToken),
        (_, FaultTarget.Producer) => AtMemberAsync("producer", fault, HitAsync, cancellationToken),
        (_, FaultTarget.Kafka) => OneAtATimeAsync(fault, () => HitAsync(servers.Kafka, fault, cancellationToken), cancellationToken),
        (_, FaultTarget.Graph) => OneAtATimeAsync(fault, () => HitAsync(servers.Graph, fault, cancellationToken), cancellationToken),
        (_, FaultTarget.KafkaLink) => OneAtATimeAsync(fault, () => HitAsync(servers.KafkaLink, fault, cancellationToken), cancellationToken),
        _ => OneAtATimeAsync(fault, () => HitAsync(servers.GraphLink, fault, cancellationToken), cancellationToken),
    };

    private async Task OneAtATimeAsync(Fault fault, Func<Task> hit, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(fault.Kind.Target, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var disturbance = disturbances.Begin();
            journal.Write($"{fault.Kind}");
            await CountAsync(fault, hit);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task AtMemberAsync(string service, Fault fault, Func<Member, Fault, CancellationToken, Task> hit, CancellationToken cancellationToken)
    {
        var members = fleet.Of(service);
        var member = members[fault.Choice % members.Count];

        // One that is busy with another fault is spared if there is another.
        if (members.FirstOrDefault(m => m.Busy.CurrentCount > 0) is { } free && member.Busy.CurrentCount == 0)
            member = free;
        await member.Busy.WaitAsync(cancellationToken);
        try
        {
            journal.Write($"{fault.Kind}: {member}");
            await CountAsync(fault, () => hit(member, fault, cancellationToken));
        }
        finally
        {
            member.Busy.Release();
        }
    }

    private async Task CountAsync(Fault fault, Func<Task> hit)
    {
        _happened.AddOrUpdate(fault.Kind, 1, (_, count) => count + 1);
        var from = journal.Elapsed;
        await hit();
        _spans.Enqueue(new FaultSpan(fault.Kind.ToString(), from, journal.Elapsed));
    }

    private Task JoinAsync()
    {
        journal.Write($"a consumer joins: {fleet.AddConsumer()}");
        return Task.CompletedTask;
    }

    private async Task LeaveAsync(Member member, Fault fault, CancellationToken cancellationToken)
    {
        if (fleet.Of("consumer").Count == 1)
            await JoinAsync();
        member.HasLeft = true;
        await fleet.TerminateAsync(member, mayFail: false);
        journal.Write($"{member} has left");
    }

    private async Task HitAsync(Member member, Fault fault, CancellationToken cancellationToken)
    {
        if (member.HasLeft)
            return;
        switch (fault.Kind.Action)
        {
            case FaultAction.Pause:
                member.Process.Pause();
                await Task.Delay(fault.OutlivesSession ? session + fault.Lasts : fault.Lasts, cancellationToken);
                member.Process.Continue();
                journal.Write($"{member} goes on");
                return;
            case FaultAction.Kill:
                member.Process.Kill();
                await member.Process.Exited;
                break;
            default:
                // A producer whose broker is away says so in its exit code.
                await fleet.TerminateAsync(member, mayFail: member.Service == "producer");
                break;
        }

        fleet.Restart(member);
    }

    private async Task HitAsync(Server server, Fault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind.Action == FaultAction.Pause)
        {
            server.Pause();
            await Task.Delay(fault.Lasts, cancellationToken);
            server.Continue();
            await server.InServiceAsync(cancellationToken);
            journal.Write($"{server.Name} goes on");
            return;
        }

        if (fault.Kind.Action == FaultAction.Kill)
            server.Kill();
        else
            server.Terminate();
        await server.RestartAsync(cancellationToken);
        _serverRestarts.AddOrUpdate(fault.Kind.Target, 1, (_, count) => count + 1);
        journal.Write($"{server.Name} is in service again (process {server.ProcessId})");
    }

    private async Task HitAsync(TcpProxy link, Fault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind.Action == FaultAction.Cut)
            link.Cut();
        else
            link.Delay(fault.Latency, fault.Latency / 2);
        await Task.Delay(fault.Lasts, cancellationToken);
        link.Restore();
        journal.Write($"{fault.Kind} is over");
    }
}
