using MovieFriends.Seeder.Generation;

namespace MovieFriends.Seeder.Graph;

/// <summary>How far the graph is: the seeder's ledger beside what the database counts.</summary>
/// <param name="Users">Users in the graph.</param>
/// <param name="Knows">KNOWS relationships in the graph.</param>
/// <param name="Seeds">Seeds in the ledger; none before the first batch, and never more than one.</param>
/// <param name="NextUsers">For each component that was begun, the place of the next user to write.</param>
internal sealed record GraphState(long Users, long Knows, IReadOnlySet<long> Seeds, IReadOnlyDictionary<int, int> NextUsers)
{
    /// <summary>Users written according to the ledger.</summary>
    public long SeededUsers => NextUsers.Values.Sum(next => (long)next);

    private long SeededKnows => NextUsers.Values.Sum(next => Math.Max(0L, next - 1));

    /// <summary>Whether all users of the plan are there.</summary>
    public bool IsComplete(ComponentPlan plan) => SeededUsers == plan.Users;

    /// <summary>Says why this graph cannot become the planned one by adding to it, or nothing if it can.</summary>
    public string? Conflict(ComponentPlan plan, long seed)
    {
        if (NextUsers.Count == 0)
            return Users == 0 ? null : $"The graph has {Users} users that are not in the seeder's ledger: another tool's, or what an interrupted reset left.";
        if (Seeds.Any(s => s != seed))
            return $"The graph was built from Seeder:Seed = {Seeds.First(s => s != seed)}, not {seed}.";
        if (NextUsers.Any(c => c.Key >= plan.Components || c.Value > plan.SizeOf(c.Key)))
            return $"The graph was built for more than Seeder:Users = {plan.Users} users: it has {SeededUsers}.";
        if (Users < SeededUsers || Knows < SeededKnows)
            return $"The graph has lost something: {Users} of {SeededUsers} users and {Knows} of {SeededKnows} KNOWS relationships are there.";

        return null;
    }
}
