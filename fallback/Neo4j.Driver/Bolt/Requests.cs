using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Bolt;

/// <summary>
/// Encodes requests into the outgoing buffer and remembers who takes the answers. Nothing is sent before a flush, so
/// that several requests travel together.
/// </summary>
internal abstract class Requests(PackStreamWriter writer, Queue<IResponseHandler> expected, BoltVersion version)
{
    /// <summary>Whether results can be fetched in parts: from Bolt 4.</summary>
    public abstract bool HasFlowControl { get; }

    /// <summary>Whether the server is told that the connection ends.</summary>
    public abstract bool HasGoodbye { get; }

    protected PackStreamWriter Writer => writer;

    protected BoltVersion Version => version;

    public abstract void Login(string userAgent, AuthToken token, IResponseHandler hello, IResponseHandler logon);

    public abstract void Begin(TransactionStart start, IResponseHandler reply);

    /// <param name="query">The statement and its parameters.</param>
    /// <param name="start">Null inside a transaction.</param>
    /// <param name="reply">Takes the answer.</param>
    public abstract void Run(Query query, TransactionStart start, IResponseHandler reply);

    /// <param name="count">How many records, or -1 for all.</param>
    /// <param name="queryId">Which result, or -1 for the last.</param>
    /// <param name="reply">Takes the records and the answer.</param>
    public abstract void Pull(long count, long queryId, IResponseHandler reply);

    /// <summary>Drops what is left of a result.</summary>
    public abstract void Discard(long queryId, IResponseHandler reply);

    public abstract void Commit(IResponseHandler reply);

    public abstract void Rollback(IResponseHandler reply);

    public void Reset(IResponseHandler reply) => WriteEmpty(MessageTag.Reset, reply);

    public void Goodbye()
    {
        var message = Open(MessageTag.Goodbye, 0);
        ChunkFraming.End(writer, message);
    }

    protected void WriteEmpty(byte tag, IResponseHandler reply) => Close(Open(tag, 0), reply);

    protected int Open(byte tag, int fields)
    {
        var start = ChunkFraming.Begin(writer);
        writer.WriteStructureHeader(fields, tag);
        return start;
    }

    protected void Close(int start, IResponseHandler reply)
    {
        ChunkFraming.End(writer, start);
        expected.Enqueue(reply);
    }

    /// <summary>Writes a parameter map; what cannot be encoded leaves no trace in the buffer.</summary>
    protected void WriteMap(int message, IDictionary<string, object> map)
    {
        try
        {
            new ValueWriter(writer, version.Major).WriteMap(map);
        }
        catch
        {
            writer.Truncate(message);
            throw;
        }
    }
}
