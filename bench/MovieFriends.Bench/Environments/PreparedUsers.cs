using MovieFriends.Seeder;
using MovieFriends.Seeder.Generation;

namespace MovieFriends.Bench.Environments;

/// <summary>The graph of users, cut into the batches that the seeder writes.</summary>
internal static class PreparedUsers
{
    /// <returns>Batches by component, in the order in which those of one must be written.</returns>
    public static IReadOnlyList<IReadOnlyList<UserBatch>> Generate(long users)
    {
        var plan = new ComponentPlan(users);
        var options = new SeederOptions();
        return [.. Enumerable.Range(0, plan.Components).Select(component => ComponentBatches.Generate(plan, component, 0, options).Batches)];
    }
}
