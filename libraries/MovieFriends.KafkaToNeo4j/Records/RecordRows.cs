using System.Text;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>
/// The rows of a batch of records. A message without a value takes the rows of its key out again and has the key deleted first, so that the batch
/// leaves the graph as its messages would one after the other.
/// </summary>
internal sealed class RecordRows<TRecord>(RecordFormat<TRecord> format) : IRowSet
    where TRecord : notnull
{
    private readonly List<Dictionary<string, object?>?> _rows = [];
    private readonly Dictionary<string, List<int>> _rowsOfKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    public int Count => _rows.Count;

    /// <summary>What is to be written, after the deletions.</summary>
    public List<Dictionary<string, object?>> ToWrite
    {
        get
        {
            var rows = new List<Dictionary<string, object?>>(_rows.Count);
            foreach (var row in _rows)
            {
                if (row is not null)
                    rows.Add(row);
            }

            return rows;
        }
    }

    /// <summary>Keys whose things are to be deleted first.</summary>
    public IReadOnlyCollection<string> ToDelete => _deleted;

    public RowResult Add(in ReceivedMessage message)
    {
        if (!message.HasValue)
            return Delete(message);

        var (row, eventTime) = format.Read(message, out var failure);
        if (row is null)
            return failure;

        _rows.Add(row);
        if (format.Deletes && message.HasKey)
            RowsOf(Encoding.UTF8.GetString(message.Key)).Add(_rows.Count - 1);
        return RowResult.InRow(_rows.Count - 1, eventTime);
    }

    public void Clear()
    {
        _rows.Clear();
        _rowsOfKey.Clear();
        _deleted.Clear();
    }

    // It has a row of its own, so that a deletion that the database refuses is the dead letter of this message.
    private RowResult Delete(in ReceivedMessage message)
    {
        if (!format.Deletes)
            return RowResult.Malformed("The message has no value, and the stream has no statement that deletes.");
        if (!message.HasKey)
            return RowResult.Malformed("The message has neither a value nor a key, so that it does not say what is to be deleted.");

        var key = Encoding.UTF8.GetString(message.Key);
        foreach (var row in RowsOf(key))
            _rows[row] = null;
        _rowsOfKey.Remove(key);
        _deleted.Add(key);
        _rows.Add(null);
        return RowResult.InRow(_rows.Count - 1);
    }

    private List<int> RowsOf(string key)
    {
        if (!_rowsOfKey.TryGetValue(key, out var rows))
            _rowsOfKey[key] = rows = [];
        return rows;
    }
}
