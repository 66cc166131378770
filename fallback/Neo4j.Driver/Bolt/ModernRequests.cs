using System.Runtime.InteropServices;
using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Bolt;

/// <summary>Requests of Bolt 3, 4 and 5.</summary>
internal sealed class ModernRequests(PackStreamWriter writer, Queue<IResponseHandler> expected, BoltVersion version)
    : Requests(writer, expected, version)
{
    private static readonly Dictionary<string, object> s_boltAgent = new()
    {
        ["product"] = Driver.Config.DefaultUserAgent,
        ["platform"] = $"{RuntimeInformation.OSDescription};{RuntimeInformation.ProcessArchitecture}",
        ["language_details"] = RuntimeInformation.FrameworkDescription,
    };

    public override bool HasFlowControl => Version >= BoltVersion.V4_0;

    public override bool HasGoodbye => true;

    public override void Login(string userAgent, AuthToken token, IResponseHandler hello, IResponseHandler logon)
    {
        var separateLogon = Version >= BoltVersion.V5_1;
        var extra = separateLogon ? new Dictionary<string, object>() : new Dictionary<string, object>(token.Content);
        extra["user_agent"] = userAgent;
        if (Version >= BoltVersion.V5_3)
        {
            extra["bolt_agent"] = s_boltAgent;
        }

        WriteWithMap(MessageTag.Hello, extra, hello);
        if (separateLogon)
        {
            WriteWithMap(MessageTag.Logon, token.Content, logon);
        }
    }

    public override void Begin(TransactionStart start, IResponseHandler reply) =>
        WriteWithMap(MessageTag.Begin, Extra(start), reply);

    public override void Run(Query query, TransactionStart start, IResponseHandler reply)
    {
        var extra = start is null ? null : Extra(start);
        var message = Open(MessageTag.Run, 3);
        Writer.WriteString(query.Text);
        WriteMap(message, query.Parameters);
        if (extra is null)
        {
            Writer.WriteMapHeader(0);
        }
        else
        {
            WriteMap(message, extra);
        }

        Close(message, reply);
    }

    public override void Pull(long count, long queryId, IResponseHandler reply) =>
        WriteHandling(MessageTag.Pull, count, queryId, reply);

    public override void Discard(long queryId, IResponseHandler reply) =>
        WriteHandling(MessageTag.Discard, -1, queryId, reply);

    public override void Commit(IResponseHandler reply) => WriteEmpty(MessageTag.Commit, reply);

    public override void Rollback(IResponseHandler reply) => WriteEmpty(MessageTag.Rollback, reply);

    private void WriteHandling(byte tag, long count, long queryId, IResponseHandler reply)
    {
        if (!HasFlowControl)
        {
            WriteEmpty(tag, reply);
            return;
        }

        var message = Open(tag, 1);
        Writer.WriteMapHeader(queryId < 0 ? 1 : 2);
        Writer.WriteString("n");
        Writer.WriteInteger(count);
        if (queryId >= 0)
        {
            Writer.WriteString("qid");
            Writer.WriteInteger(queryId);
        }

        Close(message, reply);
    }

    private void WriteWithMap(byte tag, IDictionary<string, object> map, IResponseHandler reply)
    {
        var message = Open(tag, 1);
        WriteMap(message, map);
        Close(message, reply);
    }

    private Dictionary<string, object> Extra(TransactionStart start)
    {
        EnsureSupported(start);
        var extra = new Dictionary<string, object>();
        if (start.Bookmarks.Count > 0)
        {
            extra["bookmarks"] = start.Bookmarks;
        }

        if (start.Config.Timeout is { } timeout)
        {
            extra["tx_timeout"] = Math.Max(0L, (long)timeout.TotalMilliseconds);
        }

        if (start.Config.Metadata.Count > 0)
        {
            extra["tx_metadata"] = start.Config.Metadata;
        }

        if (start.AccessMode == AccessMode.Read)
        {
            extra["mode"] = "r";
        }

        if (!string.IsNullOrEmpty(start.Database))
        {
            extra["db"] = start.Database;
        }

        if (!string.IsNullOrEmpty(start.ImpersonatedUser))
        {
            extra["imp_user"] = start.ImpersonatedUser;
        }

        return extra;
    }

    private void EnsureSupported(TransactionStart start)
    {
        if (Version < BoltVersion.V4_0 && !string.IsNullOrEmpty(start.Database))
        {
            throw UnsupportedRequests.Databases(Version);
        }

        if (Version < BoltVersion.V4_4 && !string.IsNullOrEmpty(start.ImpersonatedUser))
        {
            throw UnsupportedRequests.Impersonation(Version);
        }
    }
}
