using System.Net.Sockets;
using Neo4j.Driver;
using TlsException = System.Security.Authentication.AuthenticationException;

namespace MovieFriends.Neo4j;

/// <summary>Sorts failures of the database by the server's status codes. The one table of them.</summary>
public static class GraphFailure
{
    /// <summary>Two transactions waited for each other; the database ended one of them.</summary>
    public const string DeadlockCode = "Neo.TransientError.Transaction.DeadlockDetected";

    /// <summary>A constraint does not allow the data.</summary>
    public const string ConstraintCode = "Neo.ClientError.Schema.ConstraintValidationFailed";

    private const string CreationFailed = "Neo.DatabaseError.Schema.ConstraintCreationFailed";
    private const string IndexInTheWay = "Neo.ClientError.Schema.IndexAlreadyExists";

    // The longest prefix that fits decides. Codes: https://neo4j.com/docs/status-codes/current/ and, all of them, org.neo4j.kernel.api.exceptions.Status.
    private static readonly (string Prefix, GraphFailureKind Kind)[] s_table =
    [
        ("Neo.TransientError.", GraphFailureKind.Transient),

        // The memory that one transaction, or all together, may take; the time.
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", GraphFailureKind.TooLarge),
        ("Neo.TransientError.General.OutOfMemoryError", GraphFailureKind.TooLarge),
        ("Neo.TransientError.General.TransactionMemoryLimit", GraphFailureKind.TooLarge),
        ("Neo.TransientError.General.TransactionOutOfMemoryError", GraphFailureKind.TooLarge),
        ("Neo.TransientError.Statement.ExecutionTimeout", GraphFailureKind.TooLarge),

        // What a time limit is called when it ends a wait for a lock.
        ("Neo.TransientError.Transaction.LockClientStopped", GraphFailureKind.TooLarge),

        // A failure inside the server (disk full, index being rebuilt, store not yet recovered): an operator mends it, and it goes on.
        ("Neo.DatabaseError.", GraphFailureKind.Transient),

        // Unless it is about what is in the store, and the same after every start.
        ("Neo.DatabaseError.Schema.", GraphFailureKind.Fatal),

        ("Neo.ClientError.", GraphFailureKind.Fatal),

        // The leader moved, or the database is read-only for a while; each version and edition has its own word for it.
        ("Neo.ClientError.Cluster.", GraphFailureKind.Transient),
        ("Neo.ClientError.Routing.", GraphFailureKind.Transient),
        ("Neo.ClientError.Fabric.AccessMode", GraphFailureKind.Transient),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", GraphFailureKind.Transient),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", GraphFailureKind.Transient),
        ("Neo.ClientError.Statement.AccessMode", GraphFailureKind.Transient),

        ("Neo.ClientError.General.TransactionOutOfMemoryError", GraphFailureKind.TooLarge),
        ("Neo.ClientError.Procedure.ProcedureTimedOut", GraphFailureKind.TooLarge),

        // The data, or what a procedure or a trigger thinks of it.
        ("Neo.ClientError.Procedure.ProcedureCallFailed", GraphFailureKind.Rejected),
        ("Neo.ClientError.Procedure.TypeError", GraphFailureKind.Rejected),
        (ConstraintCode, GraphFailureKind.Rejected),
        ("Neo.ClientError.Schema.ConstraintViolation", GraphFailureKind.Rejected),
        ("Neo.ClientError.Statement.ArgumentError", GraphFailureKind.Rejected),
        ("Neo.ClientError.Statement.ArithmeticError", GraphFailureKind.Rejected),
        ("Neo.ClientError.Statement.ConstraintVerificationFailed", GraphFailureKind.Rejected),
        ("Neo.ClientError.Statement.PropertyTooLarge", GraphFailureKind.Rejected),
        ("Neo.ClientError.Statement.TypeError", GraphFailureKind.Rejected),
        ("Neo.ClientError.Transaction.TransactionHookFailed", GraphFailureKind.Rejected),
        ("Neo.ClientError.Transaction.TransactionValidationFailed", GraphFailureKind.Rejected),

        // Somebody deleted what the statement had found, or made the constraint that it wanted.
        ("Neo.ClientError.Statement.EntityNotFound", GraphFailureKind.Transient),
        ("Neo.ClientError.Statement.ExternalResourceFailed", GraphFailureKind.Transient),
        ("Neo.ClientError.Schema.ConstraintAlreadyExists", GraphFailureKind.Transient),
        ("Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", GraphFailureKind.Transient),
        ("Neo.ClientError.Request.InvalidUsage", GraphFailureKind.Transient),

        // The transaction ended from outside: shutdown, time-out, an administrator.
        ("Neo.ClientError.Transaction.", GraphFailureKind.Transient),
        ("Neo.ClientError.Transaction.ForbiddenDueToTransactionType", GraphFailureKind.Fatal),
        ("Neo.ClientError.Transaction.LockClientStopped", GraphFailureKind.TooLarge),
        ("Neo.ClientError.Transaction.TransactionTimedOut", GraphFailureKind.TooLarge),

        // Somebody tried wrong passwords; the server lets nobody in for some seconds.
        ("Neo.ClientError.Security.AuthenticationRateLimit", GraphFailureKind.Transient),
        ("Neo.ClientError.Security.AuthorizationExpired", GraphFailureKind.Transient),
    ];

    /// <summary>Beginnings of status codes, and what they mean.</summary>
    internal static IReadOnlyList<(string Prefix, GraphFailureKind Kind)> Table => s_table;

    /// <summary>What to do about an exception that came out of the driver.</summary>
    public static GraphFailureKind Classify(Exception exception) => exception switch
    {
        // An untrusted certificate comes wrapped in what is said of a server that is away.
        _ when Cause<TlsException>(exception) is not null => GraphFailureKind.Fatal,

        // Before the codes: these carry none, or one that says less.
        ServiceUnavailableException or SessionExpiredException or ConnectionReadTimeoutException => GraphFailureKind.Transient,
        Neo4jException { Code: { Length: > 0 } code } => Classify(code),
        TransientException => GraphFailureKind.Transient,
        AuthenticationException => GraphFailureKind.Fatal,
        IOException or SocketException or TimeoutException => GraphFailureKind.Transient,

        // The driver's own limits, such as a full connection pool.
        ClientException => GraphFailureKind.Transient,
        _ => GraphFailureKind.Fatal,
    };

    /// <summary>What to do about a status code.</summary>
    public static GraphFailureKind Classify(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var best = (Length: 0, Kind: GraphFailureKind.Fatal);
        foreach (var (prefix, kind) in s_table)
        {
            if (prefix.Length > best.Length && code.StartsWith(prefix, StringComparison.Ordinal))
                best = (prefix.Length, kind);
        }

        return best.Kind;
    }

    /// <summary>A fatal failure in one line, with the way out where there is one.</summary>
    /// <param name="exception">What came out of the driver.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>.</param>
    public static string Describe(Exception exception, string connectionName)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var reason = exception.Message.ReplaceLineEndings(" ");
        return exception switch
        {
            _ when Cause<TlsException>(exception) is { } tls =>
                $"Neo4j's certificate is not trusted, or no TLS can be agreed on ({tls.Message.ReplaceLineEndings(" ")}). The host name in ConnectionStrings:{connectionName} must be in the certificate, "
                + $"and the system or {Neo4jDriverSettings.Section}:{nameof(Neo4jDriverSettings.TrustedCertificates)} must have the authority that signed it.",
            AuthenticationException => $"Neo4j refuses the user name or password ({reason}). Set the right ones in ConnectionStrings:{connectionName}.",
            Neo4jException { Code: "Neo.ClientError.Database.DatabaseNotFound" } => $"Neo4j has no such database ({reason}). Name another in ConnectionStrings:{connectionName}, or create it.",
            Neo4jException { Code: CreationFailed } =>
                $"The graph breaks a rule that this service needs ({reason}). Delete one of the nodes that are named, or change its property, and start again.",
            Neo4jException { Code: IndexInTheWay } => $"An index is where a constraint must be ({reason}). Drop the index, and start again: the constraint has one of its own.",
            Neo4jException { Code: "Neo.ClientError.Security.CredentialsExpired" } =>
                $"Neo4j wants another password first ({reason}). Change it (ALTER CURRENT USER SET PASSWORD), and set the new one in ConnectionStrings:{connectionName}.",
            Neo4jException { Code: "Neo.ClientError.Security.Forbidden" } =>
                $"Neo4j does not allow the user to do that ({reason}). docs/security.md has the rights that each service needs.",
            Neo4jException { Code: { Length: > 0 } code } => $"Neo4j refuses the work with {code}: {reason}",
            _ => reason,
        };
    }

    /// <summary>A transient failure in one line, with a hint where an address that cannot work fails alike.</summary>
    /// <param name="exception">What came out of the driver.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>.</param>
    public static string Explain(Exception exception, string connectionName)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var reason = exception.Message.ReplaceLineEndings(" ");

        // A server that wants TLS ends a connection without it at the first byte, and one that has none ends a connection with it.
        return exception is ServiceUnavailableException && Cause<IOException>(exception) is not null && Cause<SocketException>(exception) is null
            ? $"{reason} If this stays, only one side uses TLS: ConnectionStrings:{connectionName} says so with bolt+s instead of bolt."
            : reason;
    }

    private static TException? Cause<TException>(Exception exception)
        where TException : Exception
    {
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is TException found)
                return found;
        }

        return null;
    }
}
