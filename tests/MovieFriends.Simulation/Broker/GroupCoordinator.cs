using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Broker;

/// <summary>A member of the group, as the coordinator knows it.</summary>
internal sealed class Member(Context process)
{
    public Context Process => process;

    /// <summary>The partitions that it has, or has not given back yet.</summary>
    public SortedSet<int> Owned { get; } = [];

    /// <summary>Those that it is to have.</summary>
    public SortedSet<int> Target { get; set; } = [];

    /// <summary>Whether it has to give back everything first.</summary>
    public bool MustRevoke { get; set; }

    /// <summary>Whether its session has ended: it does not know that before it asks.</summary>
    public bool IsExpired { get; set; }

    /// <summary>When the coordinator has heard from it last.</summary>
    public long LastSeen { get; set; }

    /// <summary>Until when the coordinator does not hear it, though it lives.</summary>
    public long CutUntil { get; set; }
}

/// <summary>
/// The group: gives partitions to members, takes them away in a rebalance, eagerly or cooperatively, and forgets members that it has not heard from,
/// which may go on believing that they own theirs. With Kafka 4's protocol each member hears of its partitions with its own next heartbeat.
/// </summary>
internal sealed class GroupCoordinator(Scheduler scheduler, BrokerServer broker, Story story, bool isEager)
{
    private static readonly TimeSpan s_session = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(5);

    private readonly List<Member> _members = [];

    public int Rebalances { get; private set; }

    /// <summary>Whether it goes by Kafka 4's protocol.</summary>
    public bool UsesHeartbeats { get; set; }

    public IReadOnlyList<Member> Members => _members;

    public void Start() => scheduler.After(s_check, Check);

    public Member Join(Context process)
    {
        var member = new Member(process) { LastSeen = scheduler.Now };
        _members.Add(member);
        Rebalance($"{process.Name} joins");
        return member;
    }

    public void Leave(Member member)
    {
        if (_members.Remove(member))
            Rebalance($"{member.Process.Name} leaves");
    }

    /// <summary>The coordinator does not hear a member for a while, which goes on fetching.</summary>
    public void Cut(Member member, TimeSpan time)
    {
        if (story.Fault($"the group does not hear {member.Process.Name} for {time.TotalSeconds:0.0} s", "group: does not hear a process", time))
            member.CutUntil = scheduler.Now + time.Ticks;
    }

    public void Expire(Member member)
    {
        member.IsExpired = true;
        if (_members.Remove(member))
            Rebalance($"the session of {member.Process.Name} has ended");
    }

    public void Rebalance(string reason)
    {
        Rebalances++;
        story.Say($"the group rebalances: {reason}");
        if (_members.Count == 0)
            return;
        var targets = _members.ConvertAll(static _ => new SortedSet<int>());
        var first = scheduler.Random.Next(_members.Count);
        for (var partition = 0; partition < broker.Partitions.Count; partition++)
            targets[(first + partition) % _members.Count].Add(partition);

        foreach (var (member, target) in _members.Zip(targets))
        {
            if (UsesHeartbeats)
                Tell(member, target);
            else
                (member.Target, member.MustRevoke) = (target, isEager);
        }
    }

    // What is decided meanwhile counts instead.
    private void Tell(Member member, SortedSet<int> target)
    {
        var decided = Rebalances;
        scheduler.After(TimeSpan.FromTicks(scheduler.Random.NextInt64(s_heartbeat.Ticks)), () =>
        {
            if (Rebalances == decided)
                member.Target = target;
        });
    }

    /// <summary>What a member is to give back now.</summary>
    public static List<int> ToRevoke(Member member)
    {
        var revoked = member.Owned.Where(partition => member.MustRevoke || !member.Target.Contains(partition)).ToList();
        member.MustRevoke = false;
        return revoked;
    }

    /// <summary>What a member gets now, of what nobody has any more.</summary>
    public List<int> ToAssign(Member member)
    {
        var assigned = member.Target.Where(partition => !member.Owned.Contains(partition) && !_members.Exists(other => other.Owned.Contains(partition))).ToList();
        member.Owned.UnionWith(assigned);
        return assigned;
    }

    private void Check()
    {
        scheduler.After(s_check, Check);
        foreach (var member in _members.ToArray())
        {
            if (member.Process.IsRunning && scheduler.Now >= member.CutUntil && !broker.IsDown)
            {
                member.LastSeen = scheduler.Now;
                continue;
            }

            if (broker.IsDown || scheduler.Now - member.LastSeen < s_session.Ticks)
                continue;

            Expire(member);
        }
    }
}
