using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Planted;

namespace MovieFriends.Simulation.Graph;

/// <summary>The rows of a batch. Messages that say the same share one.</summary>
/// <param name="registryIsAway">Whether no message can be read now.</param>
/// <param name="plant">A fault that is planted.</param>
internal sealed class EventRows(Func<bool> registryIsAway, Plant plant) : IRowSet
{
    private readonly List<(string Id, string Key, bool IsRefused, int Partition, int Log, List<long> Offsets)> _rows = [];
    private readonly Dictionary<(string Id, int Log), int> _byId = [];

    /// <summary>Rows of a consumer on real servers, with which nothing is wrong.</summary>
    public EventRows()
        : this(static () => false, Plant.None)
    {
    }

    public int Count => _rows.Count;

    public List<Row> ToList() => _rows.ConvertAll(row => new Row(row.Id, row.Key, row.IsRefused, row.Partition, row.Log, [.. row.Offsets]));

    public RowResult Add(in ReceivedMessage message)
    {
        if (registryIsAway())
            return plant.Unread(RowResult.Later("The registry is away."));

        if (StoredMessage.Parse(message.Value) is not var (kind, id, key, log))
            return RowResult.Malformed("The message does not have three parts.");
        if (kind == MessageKinds.Nothing)
            return RowResult.Nothing;

        if (!_byId.TryGetValue((id, log), out var index))
        {
            _byId[(id, log)] = index = _rows.Count;
            _rows.Add((id, key, kind == MessageKinds.Refused, message.Partition, log, []));
        }

        _rows[index].Offsets.Add(message.Offset);
        return RowResult.InRow(index);
    }

    public void Clear()
    {
        _rows.Clear();
        _byId.Clear();
    }
}

/// <summary>Writes them.</summary>
/// <param name="sorts">Whether neighbours are locked in the same order by everybody.</param>
/// <param name="writesAhead">Whether batches may be prepared.</param>
/// <param name="plant">A fault that is planted.</param>
internal sealed class EventWriter(bool sorts, bool writesAhead, Plant plant) : RowWriter
{
    public override bool WritesAhead => writesAhead;

    public override Task<WriteResult> InsertAsync(OpenTransaction transaction, IRowSet rows) => WriteAsync(transaction, rows, upsert: false);

    public override Task<WriteResult> UpsertAsync(OpenTransaction transaction, IRowSet rows) => WriteAsync(transaction, rows, upsert: true);

    public override Task<WriteResult> CompleteAsync(OpenTransaction transaction, IRowSet rows, WriteResult written, IBatchMessages messages) =>
        Task.FromResult(written);

    public override Task WarmUpAsync(OpenTransaction transaction) => Task.CompletedTask;

    private async Task<WriteResult> WriteAsync(OpenTransaction transaction, IRowSet rows, bool upsert)
    {
        var all = plant.RowsOf(((EventRows)rows).ToList(), upsert);
        if (sorts)
            all.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        all = plant.InOrder(all);
        var created = await ((SimulatedGraph.SimulatedTransaction)transaction).WriteAsync(all, upsert);
        return new WriteResult { Created = created, Unchanged = all.Count - created };
    }
}
