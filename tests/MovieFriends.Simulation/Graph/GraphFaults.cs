using Neo4j.Driver;

namespace MovieFriends.Simulation.Graph;

/// <summary>The failures of the database, as the driver says them.</summary>
internal static class GraphFaults
{
    private static readonly string[] s_transient =
    [
        "Neo.TransientError.General.DatabaseUnavailable",
        "Neo.TransientError.Transaction.LockAcquisitionTimeout",
        "Neo.ClientError.Cluster.NotALeader",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.DatabaseError.General.UnknownError",
    ];

    private static readonly string[] s_tooLarge =
    [
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.TransactionMemoryLimit",
    ];

    public static Exception Transient(Random random) => new TransientException(s_transient[random.Next(s_transient.Length)], "The database cannot do that now.");

    public static Exception TooLarge(Random random) => new TransientException(s_tooLarge[random.Next(s_tooLarge.Length)], "The transaction takes too much memory.");

    public static Exception Away() => new ServiceUnavailableException("The connection is lost.");

    public static Exception ReadOnly() => new ClientException("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "The database is read-only.");

    public static Exception Full() => new DatabaseException("Neo.DatabaseError.Transaction.TransactionCommitFailed", "There is no space left on the device.");

    public static Exception Deadlock() => new TransientException("Neo.TransientError.Transaction.DeadlockDetected", "The transaction waits for one that waits for it.");

    public static Exception TimedOut(bool waits) => new ClientException(
        waits ? "Neo.ClientError.Transaction.LockClientStopped" : "Neo.ClientError.Transaction.TransactionTimedOut", "The transaction took too long.");

    public static Exception Exists() => new ClientException("Neo.ClientError.Schema.ConstraintValidationFailed", "There is such a node already.");

    public static Exception Refused() => new ClientException("Neo.ClientError.Statement.TypeError", "The row cannot be stored.");

    public static Exception Ended() => new ClientException("Neo.ClientError.Transaction.TransactionMarkedAsFailed", "The transaction has ended.");

    /// <summary>What no table knows: the engine is to stop for it.</summary>
    public static Exception Unknown() => new ClientException("Neo.ClientError.Statement.SyntaxError", "The statement is not understood.");
}
