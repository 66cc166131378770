namespace Neo4j.Driver.Bolt;

/// <summary>Turns the FAILURE message of a server into the exception for its status code.</summary>
internal static class ServerFailure
{
    /// <param name="metadata">The map in the message; from Bolt 5.7 with other key names.</param>
    /// <param name="version">Servers before Bolt 5 call two errors transient that cannot be retried.</param>
    public static Neo4jException ToException(IReadOnlyDictionary<string, object> metadata, BoltVersion version)
    {
        var code = metadata.GetValueOrDefault("neo4j_code") as string ?? metadata.GetValueOrDefault("code") as string ?? "";
        var message = metadata.GetValueOrDefault("message") as string ?? "";
        if (version < BoltVersion.V5_0)
        {
            code = code switch
            {
                "Neo.TransientError.Transaction.Terminated" => "Neo.ClientError.Transaction.Terminated",
                "Neo.TransientError.Transaction.LockClientStopped" => "Neo.ClientError.Transaction.LockClientStopped",
                _ => code,
            };
        }

        return ToException(code, message);
    }

    public static Neo4jException ToException(string code, string message)
    {
        var exception = Create(code, message);
        exception.Code = code;
        return exception;
    }

    private static Neo4jException Create(string code, string message) => code switch
    {
        "Neo.ClientError.Security.Unauthorized" => new AuthenticationException(message),
        "Neo.ClientError.Security.AuthorizationExpired" => new AuthorizationException(message),
        "Neo.ClientError.Security.TokenExpired" => new TokenExpiredException(message),
        "Neo.ClientError.Security.Forbidden" => new ForbiddenException(message),
        "Neo.ClientError.Database.DatabaseNotFound" => new FatalDiscoveryException(message),
        "Neo.ClientError.Transaction.InvalidBookmark" => new InvalidBookmarkException(message),
        "Neo.ClientError.Transaction.InvalidBookmarkMixture" => new InvalidBookmarkMixtureException(message),
        "Neo.ClientError.Statement.ArgumentError" => new StatementArgumentException(message),
        "Neo.ClientError.Statement.TypeError" => new TypeException(message),
        _ when Has(code, "Neo.ClientError.Security.") => new UnknownSecurityException(message),
        _ when Has(code, "Neo.ClientError.Request.Invalid") => new ProtocolException(message),
        _ when Has(code, "Neo.ClientError.") => new ClientException(code, message),
        _ when Has(code, "Neo.TransientError.") => new TransientException(code, message),
        _ => new DatabaseException(code, message),
    };

    private static bool Has(string code, string prefix) => code.StartsWith(prefix, StringComparison.Ordinal);
}
