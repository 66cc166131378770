using MovieFriends.KafkaToNeo4j.Patterns;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>
/// Cypher that is made of a pattern of one node, or of two nodes and a relationship, as Neo4j's connector for Kafka Connect has them:
/// <c>(:User{!userId, name})</c> or <c>(:User{!userId})-[:RENTED{at}]-&gt;(:Movie{!movieId, title})</c>.
/// </summary>
/// <remarks>
/// In the braces are the properties that are taken from a row: <c>!key</c> identifies the node or the relationship, <c>name</c> is set,
/// <c>name: nested.field</c> is set from another property of the row, <c>*</c> sets all, and <c>-name</c> all but that one. Without a property that is
/// set, a node alone and a relationship get all; a relationship gets none that its nodes take. Names with other characters than letters, digits and
/// underscores are put in backticks. Of several labels, the key is unique among the nodes of the first.
/// </remarks>
public sealed record PatternTemplate
{
    private PatternTemplate(GraphPattern pattern, IReadOnlyCollection<string>? properties)
    {
        var selections = pattern.Selections.ToList();
        var keys = pattern.Nodes.Select(n => (Label: n.Node.Labels[0], Names: n.Node.Selection.Keys.Select(key => key.Name).ToList())).ToList();
        Cypher = PatternStatement.Merge(pattern, properties);
        DeleteCypher = PatternStatement.Delete(pattern);
        Keys = [.. keys.Where(key => key.Names.Count == 1).Select(key => (key.Label, key.Names[0])).Distinct()];
        CompositeKeys = [.. keys.Where(key => key.Names.Count > 1).Select(key => (key.Label, (IReadOnlyList<string>)key.Names))];
        Properties =
        [
            .. selections.SelectMany(s => s.Keys.Concat(s.Properties)).OrderBy(m => m.Position).Select(m => m.Path[0])
                .Concat(properties is null || !selections.Exists(s => s.TakesAll) ? [] : properties.Except(selections.SelectMany(s => s.Excluded).Select(m => m.Name)))
                .Distinct(),
        ];
    }

    /// <summary>
    /// The statement for a list of maps <c>$rows</c>: it merges by the keys and sets the other properties. Rows of the same key follow one another, so that
    /// the last one wins. Properties that the pattern does not take keep their values.
    /// </summary>
    public string Cypher { get; }

    /// <summary>
    /// The statement that deletes what rows with the keys stand for: a node with all its relationships, or the relationship without its nodes. Such rows
    /// are those of tombstones, made of their messages' keys.
    /// </summary>
    public string DeleteCypher { get; }

    /// <summary>The properties that must be unique among the nodes of a label, so that nodes are found by an index and created once; as for <see cref="StreamSettings.Keys"/>.</summary>
    public IReadOnlyList<(string Label, string Property)> Keys { get; }

    /// <summary>
    /// Keys of several properties, which are unique only together. A stream does not create their constraints:
    /// <c>CREATE CONSTRAINT FOR (n:City) REQUIRE (n.name, n.country) IS UNIQUE</c> does, in Neo4j 5.
    /// </summary>
    public IReadOnlyList<(string Label, IReadOnlyList<string> Properties)> CompositeKeys { get; }

    /// <summary>The properties of a row that the statement names. One that takes all of a row takes others as well, unless they were known.</summary>
    public IReadOnlyList<string> Properties { get; }

    /// <summary>Makes the Cypher of a pattern for rows of any properties.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="FormatException">The pattern is wrong; the message says where, what was expected, and gives an example.</exception>
    public static PatternTemplate Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new PatternTemplate(PatternParser.Parse(pattern), null);
    }

    /// <summary>
    /// Makes the Cypher of a pattern for rows whose properties are known: it names each, where the pattern takes all.
    /// The database then sets them row by row; properties that it does not know it sets after it has merged all rows (an Eager).
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="properties">The properties of a row.</param>
    /// <exception cref="FormatException">The pattern is wrong, or names a property that the rows do not have; the message says where.</exception>
    public static PatternTemplate Parse(string pattern, IReadOnlyCollection<string> properties)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(properties);
        var parsed = PatternParser.Parse(pattern);
        if (parsed.Selections.SelectMany(s => s.Named).OrderBy(m => m.Position).FirstOrDefault(m => !properties.Contains(m.Path[0])) is { } unknown)
        {
            throw PatternError.At(
                pattern, unknown.Position, $"a row has no property {unknown.Path[0]}; name one of {string.Join(", ", properties)}", PatternError.Node);
        }

        return new PatternTemplate(parsed, properties);
    }

    /// <summary>Whether it is the same statement, which says all the rest.</summary>
    public bool Equals(PatternTemplate? other) => other is not null && Cypher == other.Cypher;

    /// <inheritdoc/>
    public override int GetHashCode() => Cypher.GetHashCode(StringComparison.Ordinal);

    /// <summary>The statement.</summary>
    public override string ToString() => Cypher;
}
