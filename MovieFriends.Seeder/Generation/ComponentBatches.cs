namespace MovieFriends.Seeder.Generation;

/// <summary>A component, cut into what is written in one transaction each. The batches follow one another: each knows users of those before.</summary>
/// <param name="Size">Users of the whole component.</param>
/// <param name="Batches">The batches.</param>
internal sealed record ComponentBatches(int Size, IReadOnlyList<UserBatch> Batches)
{
    /// <summary>Generates a component.</summary>
    /// <param name="plan">The whole graph.</param>
    /// <param name="component">The component's number.</param>
    /// <param name="next">Place of the first user that is not written yet.</param>
    /// <param name="options">Seed and size of a batch.</param>
    public static ComponentBatches Generate(ComponentPlan plan, int component, int next, SeederOptions options)
    {
        var size = plan.SizeOf(component);
        var known = BarabasiAlbert.Generate(size, options.Seed, component);
        var batches = new List<UserBatch>();
        for (; next < size; next = Math.Min(next + options.BatchSize, size))
            batches.Add(UserBatch.Cut(component, known, next, Math.Min(next + options.BatchSize, size)));
        return new ComponentBatches(size, batches);
    }
}
