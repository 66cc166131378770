namespace MovieFriends.KafkaToNeo4j.Patterns;

/// <summary>Reads a pattern from left to right; each method reads one thing and the blanks before it.</summary>
internal sealed class PatternParser
{
    private readonly string _text;
    private int _position;

    private PatternParser(string text) => _text = text;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is wrong; the message says where.</exception>
    public static GraphPattern Parse(string text) => new PatternParser(text).ReadPattern();

    private GraphPattern ReadPattern()
    {
        var firstAt = _position;
        var first = ReadNode();
        if (IsAtEnd())
            return new GraphPattern(WithAll(first), null);
        if (Next() is not ('-' or '<'))
            throw Unexpected("a relationship or the end", PatternError.Relationship);

        var pointsLeft = TryTake('<');
        Take('-', PatternError.Relationship);
        Take('[', PatternError.Relationship);
        Take(':', PatternError.Relationship);
        var type = ReadName("the relationship's type", PatternError.Relationship);
        var selection = Next() == '{' ? ReadSelection() : new PropertySelection([], [], [], TakesAll: true);
        Take(']', PatternError.Relationship);
        Take('-', PatternError.Relationship);
        var arrow = _position;
        var pointsRight = TryTake('>');
        if (pointsLeft == pointsRight)
            throw PatternError.At(_text, arrow, "a relationship needs one direction, written -[ ]-> or <-[ ]-", PatternError.Relationship);

        var secondAt = _position;
        var second = ReadNode();
        if (!IsAtEnd())
            throw Unexpected("the end, because a pattern has at most one relationship", PatternError.Relationship);
        RequireNamedOnly(first, firstAt);
        RequireNamedOnly(second, secondAt);
        var (source, target) = pointsRight ? (first, second) : (second, first);
        return new GraphPattern(source, new RelationshipPattern(type, WithAll(selection), target));
    }

    private NodePattern ReadNode()
    {
        Take('(', PatternError.Node);
        var labels = new List<string>();
        do
        {
            Take(':', PatternError.Node);
            var label = ReadName("a label", PatternError.Node);
            if (!labels.Contains(label))
                labels.Add(label);
        }
        while (Next() == ':');

        if (Next() != '{')
            throw Unexpected("\"{\" and the node's key", PatternError.Node);
        var selectionAt = _position;
        var selection = ReadSelection();
        if (selection.Keys.Count == 0)
            throw PatternError.At(_text, selectionAt, $"the node {labels[0]} has no key, a property with ! before its name", PatternError.Node);
        Take(')', PatternError.Node);
        return new NodePattern(labels, selection);
    }

    private PropertySelection ReadSelection()
    {
        Take('{', PatternError.Node);
        List<PropertyMapping> keys = [], properties = [], excluded = [];
        var takesAll = false;
        if (!TryTake('}'))
        {
            do
            {
                if (TryTake('*'))
                    takesAll = true;
                else if (TryTake('!'))
                    keys.Add(ReadMapping("a key"));
                else if (TryTake('-'))
                    excluded.Add(ReadExcluded());
                else
                    properties.Add(ReadMapping("a property, !key, -excluded or *"));
            }
            while (TryTake(','));
            Take('}', PatternError.Node, "\",\" or \"}\"");
        }

        var selection = new PropertySelection(keys, properties, excluded, takesAll);
        RequireConsistent(selection);
        return selection;
    }

    private PropertyMapping ReadMapping(string what)
    {
        _ = Next();
        var position = _position;
        var (path, isQuoted) = ReadPath(what);
        if (!TryTake(':'))
        {
            path = OfRow(path, isQuoted, position);
            return new PropertyMapping(string.Join('.', path), path, position);
        }

        _ = Next();
        var sourceAt = _position;
        var (source, isSourceQuoted) = ReadPath("the row's property");
        return new PropertyMapping(string.Join('.', path), OfRow(source, isSourceQuoted, sourceAt), position);
    }

    private PropertyMapping ReadExcluded()
    {
        _ = Next();
        var position = _position;
        var name = ReadName("the property that is excluded", PatternError.Node);
        if (Next() is '.' or ':')
            throw Unexpected("\",\" or \"}\", because a property is excluded as a whole", "(:User{!userId, -address})");
        return new PropertyMapping(name, [name], position);
    }

    private (List<string> Path, bool IsQuoted) ReadPath(string what)
    {
        var isQuoted = Next() == '`';
        var path = new List<string> { ReadName(what, PatternError.Node) };
        while (TryTake('.'))
            path.Add(ReadName("a nested property", "(:User{!userId, city: address.city})"));
        return (path, isQuoted);
    }

    // What the connector for Kafka Connect calls the parts of a message; of these, a row has the value alone.
    private List<string> OfRow(List<string> path, bool isQuoted, int position) => isQuoted ? path : path[0] switch
    {
        "__value" when path.Count > 1 => path[1..],
        "__value" or "__key" or "__header" or "__headers" or "__timestamp" => throw PatternError.At(
            _text, position, $"{string.Join('.', path)} is no property of a row, which has those of the message's value, by their names", PatternError.Node),
        _ => path,
    };

    private string ReadName(string what, string example)
    {
        var first = Next();
        var start = _position;
        string name;
        if (first == '`')
        {
            name = ReadQuoted(start, example);
        }
        else
        {
            if (first is not { } letter || !(char.IsLetter(letter) || letter == '_'))
                throw Unexpected(what, example);
            while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] == '_'))
                _position++;
            name = _text[start.._position];
        }

        return CypherName.IsAllowed(name) ? name : throw PatternError.At(
            _text, start, "a name needs at least one character, and can have neither a backslash nor a control character", example);
    }

    // Up to a backtick that is not doubled.
    private string ReadQuoted(int start, string example)
    {
        _position++;
        while (true)
        {
            var end = _text.IndexOf('`', _position);
            if (end < 0)
                throw PatternError.At(_text, start, "the name that begins with a backtick has none at its end", example);
            _position = end + 1;
            if (_position == _text.Length || _text[_position] != '`')
                return _text[(start + 1)..end].Replace("``", "`", StringComparison.Ordinal);
            _position++;
        }
    }

    private void RequireConsistent(PropertySelection selection)
    {
        if (selection is { Excluded: [var excluded, ..], Properties.Count: > 0, TakesAll: false })
        {
            throw PatternError.At(
                _text, excluded.Position, $"{excluded.Name} is excluded, but only the properties that are named are taken anyway; name some or exclude some", "(:User{!userId, -address})");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mapping in selection.Named.OrderBy(m => m.Position))
        {
            if (!names.Add(mapping.Name))
                throw PatternError.At(_text, mapping.Position, $"{mapping.Name} is there a second time; name each property once", PatternError.Node);
        }
    }

    // All others are the relationship's.
    private void RequireNamedOnly(NodePattern node, int position)
    {
        if (node.Selection.TakesAll || node.Selection.Excluded.Count > 0)
        {
            throw PatternError.At(
                _text, position, $"the node {node.Labels[0]} of a relationship takes only properties that are named, neither * nor -excluded", PatternError.Relationship);
        }
    }

    private static NodePattern WithAll(NodePattern node) => node with { Selection = WithAll(node.Selection) };

    private static PropertySelection WithAll(PropertySelection selection) => selection.Properties.Count > 0 ? selection : selection with { TakesAll = true };

    private char? Next()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
        return _position < _text.Length ? _text[_position] : null;
    }

    private bool IsAtEnd() => Next() is null;

    private bool TryTake(char expected)
    {
        if (Next() != expected)
            return false;
        _position++;
        return true;
    }

    private void Take(char expected, string example, string? what = null)
    {
        if (!TryTake(expected))
            throw Unexpected(what ?? $"\"{expected}\"", example);
    }

    private FormatException Unexpected(string expected, string example)
    {
        var found = Next() is { } next ? $"\"{next}\"" : "the end";
        return PatternError.At(_text, _position, $"expected {expected}, found {found}", example);
    }
}
