using System.Globalization;
using Neo4j.Driver;

namespace MovieFriends.Seeder.Graph;

/// <summary>What the statements of one step changed, summed up; may be added to from any thread.</summary>
internal sealed class StepCounters
{
    private static readonly (string Name, Func<ICounters, int> Read)[] s_counters =
    [
        ("nodes created", c => c.NodesCreated),
        ("nodes deleted", c => c.NodesDeleted),
        ("relationships created", c => c.RelationshipsCreated),
        ("relationships deleted", c => c.RelationshipsDeleted),
        ("properties set", c => c.PropertiesSet),
        ("labels added", c => c.LabelsAdded),
        ("labels removed", c => c.LabelsRemoved),
        ("indexes added", c => c.IndexesAdded),
        ("constraints added", c => c.ConstraintsAdded),
    ];

    private readonly long[] _sums = new long[s_counters.Length];

    /// <summary>Nodes and relationships created.</summary>
    public long EntitiesCreated => Interlocked.Read(ref _sums[0]) + Interlocked.Read(ref _sums[2]);

    public void Add(ICounters counters)
    {
        for (var i = 0; i < s_counters.Length; i++)
            Interlocked.Add(ref _sums[i], s_counters[i].Read(counters));
    }

    /// <summary>What is not zero, for example <c>100 nodes created, 100 labels added</c>.</summary>
    public override string ToString()
    {
        var parts = s_counters.Zip(_sums).Where(p => p.Second != 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Second} {p.First.Name}"));
        var text = string.Join(", ", parts);
        return text.Length == 0 ? "nothing to do" : text;
    }
}
