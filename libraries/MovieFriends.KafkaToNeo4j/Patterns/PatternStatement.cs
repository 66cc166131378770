using System.Text;

namespace MovieFriends.KafkaToNeo4j.Patterns;

/// <summary>The statements of a pattern. Every value is in <c>$rows</c>; only names are in the text.</summary>
internal static class PatternStatement
{
    private const string Rows = "UNWIND $rows AS row";

    /// <summary>Creates what is missing, and sets the properties that are no keys.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="properties">All properties of a row, where they are known.</param>
    public static string Merge(GraphPattern pattern, IReadOnlyCollection<string>? properties)
    {
        var statement = new StringBuilder(Rows);
        foreach (var (variable, node) in pattern.Nodes)
            statement.Append("\nMERGE ").Append(Node(variable, node));
        if (pattern.Relationship is { } relationship)
            statement.Append($"\nMERGE (source)-{Relationship(relationship)}->(target)");

        foreach (var (variable, node) in pattern.Nodes)
        {
            var labels = string.Concat(node.Labels.Skip(1).Select(label => ":" + CypherName.Quote(label)));
            AppendSet(statement, [.. labels.Length > 0 ? [variable + labels] : Array.Empty<string>(), .. Assignments(variable, node.Selection, pattern, properties)]);
        }

        if (pattern.Relationship is not null)
            AppendSet(statement, [.. Assignments("r", pattern.Relationship.Selection, pattern, properties)]);
        return statement.ToString();
    }

    /// <summary>Deletes the node with its relationships, or only the relationship, of rows that have the keys.</summary>
    public static string Delete(GraphPattern pattern) => pattern.Relationship is { } relationship
        ? $"{Rows}\nMATCH {Node("source", pattern.Node)}\nMATCH {Node("target", relationship.Target)}\nMATCH (source)-{Relationship(relationship)}->(target)\nDELETE r"
        : $"{Rows}\nMATCH {Node("n", pattern.Node)}\nDETACH DELETE n";

    // By the first label alone: the unique index is its, and a node that has the key has no second one because it lacks another label.
    private static string Node(string variable, NodePattern node) => $"({variable}:{CypherName.Quote(node.Labels[0])} {Keys(node.Selection)})";

    private static string Relationship(RelationshipPattern relationship) =>
        $"[r:{CypherName.Quote(relationship.Type)}{(relationship.Selection.Keys.Count > 0 ? " " + Keys(relationship.Selection) : string.Empty)}]";

    private static string Keys(PropertySelection selection) =>
        $"{{{string.Join(", ", selection.Keys.Select(key => $"{CypherName.Quote(key.Name)}: {Value(key)}"))}}}";

    private static string Value(PropertyMapping mapping) => "row." + string.Join('.', mapping.Path.Select(CypherName.Quote));

    private static IEnumerable<string> Assignments(
        string variable, PropertySelection selection, GraphPattern pattern, IReadOnlyCollection<string>? properties)
    {
        if (selection.TakesAll)
        {
            var spared = Spared(selection, pattern);
            if (properties is null)
                yield return $"{variable} += {AllBut(variable, spared)}";
            foreach (var name in (properties ?? []).Where(name => !spared.Contains(name) && selection.Named.All(m => m.Name != name)))
                yield return $"{variable}.{CypherName.Quote(name)} = row.{CypherName.Quote(name)}";
        }

        foreach (var mapping in selection.Properties)
            yield return $"{variable}.{CypherName.Quote(mapping.Name)} = {Value(mapping)}";
    }

    /// <summary>
    /// What "all" does not mean: what is excluded, what keys are made of, what the nodes of a relationship take, and what has nested properties, which
    /// the graph cannot have. A key by the row's own name can stay, for it is written as it is.
    /// </summary>
    private static List<string> Spared(PropertySelection selection, GraphPattern pattern)
    {
        var ofNodes = pattern.Relationship is null ? [] : pattern.Nodes.SelectMany(n => n.Node.Selection.Named);
        return
        [
            .. selection.Excluded.Select(m => m.Name)
                .Concat(selection.Keys.Where(key => !key.IsSame).SelectMany(key => new[] { key.Name, key.Path[0] }))
                .Concat(ofNodes.Select(m => m.Path[0]))
                .Concat(selection.Properties.Where(m => m.Path.Count > 1).Select(m => m.Path[0]))
                .Except(selection.Keys.Where(key => key.IsSame).Select(key => key.Name))
                .Distinct(),
        ];
    }

    // Setting a property to what it is leaves it alone; null would take it away.
    private static string AllBut(string variable, List<string> spared) => spared.Count == 0
        ? "row"
        : $"row {{.*, {string.Join(", ", spared.Select(CypherName.Quote).Select(name => $"{name}: {variable}.{name}"))}}}";

    private static void AppendSet(StringBuilder statement, List<string> items)
    {
        if (items.Count > 0)
            statement.Append("\nSET ").AppendJoin(", ", items);
    }
}
