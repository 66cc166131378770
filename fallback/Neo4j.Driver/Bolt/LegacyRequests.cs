using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Bolt;

/// <summary>
/// Requests of Bolt 1 (Neo4j 3.0 to 3.4). Transactions are statements here, and have neither access mode nor time-out
/// nor metadata: those are left out. Bookmarks are a parameter of BEGIN.
/// </summary>
internal sealed class LegacyRequests(PackStreamWriter writer, Queue<IResponseHandler> expected, BoltVersion version)
    : Requests(writer, expected, version)
{
    private static readonly Query s_beginQuery = new("BEGIN");
    private static readonly Query s_commitQuery = new("COMMIT");
    private static readonly Query s_rollbackQuery = new("ROLLBACK");

    public override bool HasFlowControl => false;

    public override bool HasGoodbye => false;

    public override void Login(string userAgent, AuthToken token, IResponseHandler hello, IResponseHandler logon)
    {
        var message = Open(MessageTag.Hello, 2);
        Writer.WriteString(userAgent);
        WriteMap(message, token.Content);
        Close(message, hello);
    }

    public override void Begin(TransactionStart start, IResponseHandler reply)
    {
        EnsureSupported(start);
        var begin = start.Bookmarks.Count == 0 ? s_beginQuery : new Query("BEGIN", new Dictionary<string, object>
        {
            ["bookmark"] = start.Bookmarks[^1],
            ["bookmarks"] = start.Bookmarks,
        });
        RunToEnd(begin, reply);
    }

    public override void Run(Query query, TransactionStart start, IResponseHandler reply)
    {
        if (start is not null)
        {
            EnsureSupported(start);
        }

        var message = Open(MessageTag.Run, 2);
        Writer.WriteString(query.Text);
        WriteMap(message, query.Parameters);
        Close(message, reply);
    }

    public override void Pull(long count, long queryId, IResponseHandler reply) => WriteEmpty(MessageTag.Pull, reply);

    public override void Discard(long queryId, IResponseHandler reply) => WriteEmpty(MessageTag.Discard, reply);

    public override void Commit(IResponseHandler reply) => RunToEnd(s_commitQuery, reply);

    public override void Rollback(IResponseHandler reply) => RunToEnd(s_rollbackQuery, reply);

    // If the statement is refused, the second request is ignored, and its answer tells the failure of the first.
    private void RunToEnd(Query statement, IResponseHandler reply)
    {
        Run(statement, null, new Reply());
        Discard(-1, reply);
    }

    private void EnsureSupported(TransactionStart start)
    {
        if (!string.IsNullOrEmpty(start.Database))
        {
            throw UnsupportedRequests.Databases(Version);
        }

        if (!string.IsNullOrEmpty(start.ImpersonatedUser))
        {
            throw UnsupportedRequests.Impersonation(Version);
        }
    }
}
