namespace Neo4j.Driver.Results;

/// <summary>The columns of a result; all of its records share them.</summary>
internal sealed class RecordKeys
{
    public static readonly RecordKeys None = new([]);

    private readonly Dictionary<string, int> _positions;
    private Dictionary<string, int> _positionsIgnoringCase;

    public RecordKeys(string[] names)
    {
        Names = names;
        _positions = Positions(StringComparer.Ordinal);
    }

    public string[] Names { get; }

    public int this[string key] => _positions[key];

    public bool TryGet(string key, out int position) => _positions.TryGetValue(key, out position);

    public bool TryGetIgnoringCase(string key, out int position) =>
        (_positionsIgnoringCase ??= Positions(StringComparer.InvariantCultureIgnoreCase)).TryGetValue(key, out position);

    private Dictionary<string, int> Positions(StringComparer comparer)
    {
        var positions = new Dictionary<string, int>(Names.Length, comparer);
        for (var i = 0; i < Names.Length; i++)
        {
            positions.TryAdd(Names[i], i);
        }

        return positions;
    }
}
