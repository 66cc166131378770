namespace Neo4j.Driver.Summary;

internal sealed record Counters : ICounters
{
    private readonly bool? _containsUpdates;

    public Counters(IReadOnlyDictionary<string, object> stats)
    {
        NodesCreated = Count(stats, "nodes-created");
        NodesDeleted = Count(stats, "nodes-deleted");
        RelationshipsCreated = Count(stats, "relationships-created");
        RelationshipsDeleted = Count(stats, "relationships-deleted");
        PropertiesSet = Count(stats, "properties-set");
        LabelsAdded = Count(stats, "labels-added");
        LabelsRemoved = Count(stats, "labels-removed");
        IndexesAdded = Count(stats, "indexes-added");
        IndexesRemoved = Count(stats, "indexes-removed");
        ConstraintsAdded = Count(stats, "constraints-added");
        ConstraintsRemoved = Count(stats, "constraints-removed");
        SystemUpdates = Count(stats, "system-updates");
        ContainsSystemUpdates = stats.GetValueOrDefault("contains-system-updates") as bool? ?? SystemUpdates > 0;
        _containsUpdates = stats.GetValueOrDefault("contains-updates") as bool?;
    }

    public int NodesCreated { get; }

    public int NodesDeleted { get; }

    public int RelationshipsCreated { get; }

    public int RelationshipsDeleted { get; }

    public int PropertiesSet { get; }

    public int LabelsAdded { get; }

    public int LabelsRemoved { get; }

    public int IndexesAdded { get; }

    public int IndexesRemoved { get; }

    public int ConstraintsAdded { get; }

    public int ConstraintsRemoved { get; }

    public int SystemUpdates { get; }

    public bool ContainsSystemUpdates { get; }

    // Servers before 4.4 leave it to be seen from the counts.
    public bool ContainsUpdates => _containsUpdates ??
        (NodesCreated | NodesDeleted | RelationshipsCreated | RelationshipsDeleted | PropertiesSet | LabelsAdded
            | LabelsRemoved | IndexesAdded | IndexesRemoved | ConstraintsAdded | ConstraintsRemoved) > 0;

    private static int Count(IReadOnlyDictionary<string, object> stats, string name) =>
        stats.GetValueOrDefault(name) is long count ? (int)count : 0;
}
