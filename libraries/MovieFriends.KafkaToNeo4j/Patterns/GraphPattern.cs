namespace MovieFriends.KafkaToNeo4j.Patterns;

/// <summary>A pattern as it was read: a node, or two with a relationship from the first to the second.</summary>
/// <param name="Node">The only node, or the one that the relationship comes from.</param>
/// <param name="Relationship">The relationship, if there is one.</param>
internal sealed record GraphPattern(NodePattern Node, RelationshipPattern? Relationship)
{
    /// <summary>The nodes, each with its variable.</summary>
    public IEnumerable<(string Variable, NodePattern Node)> Nodes =>
        Relationship is null ? [("n", Node)] : [("source", Node), ("target", Relationship.Target)];

    /// <summary>The properties of all.</summary>
    public IEnumerable<PropertySelection> Selections => Relationship is null ? [Node.Selection] : [Node.Selection, Relationship.Selection, Relationship.Target.Selection];
}

/// <summary>A node of a pattern.</summary>
/// <param name="Labels">Its labels, at least one; its keys are unique among the nodes of the first.</param>
/// <param name="Selection">Its properties, with at least one key.</param>
internal sealed record NodePattern(IReadOnlyList<string> Labels, PropertySelection Selection);

/// <summary>The relationship of a pattern.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Selection">Its properties.</param>
/// <param name="Target">The node that it goes to.</param>
internal sealed record RelationshipPattern(string Type, PropertySelection Selection, NodePattern Target);

/// <summary>Which properties a node or a relationship gets.</summary>
/// <param name="Keys">Those that identify it.</param>
/// <param name="Properties">Those that are named besides.</param>
/// <param name="Excluded">Those of the row that it does not get.</param>
/// <param name="TakesAll">Whether it gets all others of the row.</param>
internal sealed record PropertySelection(
    IReadOnlyList<PropertyMapping> Keys, IReadOnlyList<PropertyMapping> Properties, IReadOnlyList<PropertyMapping> Excluded, bool TakesAll)
{
    /// <summary>All that are named.</summary>
    public IEnumerable<PropertyMapping> Named => [.. Keys, .. Properties, .. Excluded];
}

/// <summary>A property in the graph, and where its value is in a row.</summary>
/// <param name="Name">The property's name in the graph.</param>
/// <param name="Path">The row's property, and below it the nested ones.</param>
/// <param name="Position">Where the pattern names it, from 0.</param>
internal sealed record PropertyMapping(string Name, IReadOnlyList<string> Path, int Position)
{
    /// <summary>Whether the row's property has the same name.</summary>
    public bool IsSame => Path.Count == 1 && Path[0] == Name;
}
