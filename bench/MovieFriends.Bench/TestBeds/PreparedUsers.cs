using MovieFriends.Seeder;
using MovieFriends.Seeder.Generation;

namespace MovieFriends.Bench.TestBeds;

/// <summary>The graph of users, cut into the batches that the seeder writes.</summary>
internal static class PreparedUsers
{
    /// <returns>Batches by component, in the order in which those of one must be written.</returns>
    public static IReadOnlyList<IReadOnlyList<UserBatch>> Generate(long users)
    {
        var plan = new ComponentPlan(users);
        var options = new SeederOptions();
        return
        [
            .. Enumerable.Range(0, plan.Components).Select(component =>
            {
                var size = plan.SizeOf(component);
                var known = BarabasiAlbert.Generate(size, options.Seed, component);
                return Enumerable.Range(0, size).Chunk(options.BatchSize).Select(chunk => UserBatch.Cut(component, known, chunk[0], chunk[^1] + 1)).ToList();
            }),
        ];
    }
}
