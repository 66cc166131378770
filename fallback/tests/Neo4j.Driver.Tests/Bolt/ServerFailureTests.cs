using Neo4j.Driver.Bolt;

namespace Neo4j.Driver.Tests.Bolt;

public sealed class ServerFailureTests
{
    [Theory]
    [InlineData("Neo.ClientError.Security.Unauthorized", typeof(AuthenticationException), false)]
    [InlineData("Neo.ClientError.Security.AuthorizationExpired", typeof(AuthorizationException), true)]
    [InlineData("Neo.ClientError.Security.TokenExpired", typeof(TokenExpiredException), false)]
    [InlineData("Neo.ClientError.Security.Forbidden", typeof(ForbiddenException), false)]
    [InlineData("Neo.ClientError.Security.AuthenticationRateLimit", typeof(UnknownSecurityException), false)]
    [InlineData("Neo.ClientError.Security.CredentialsExpired", typeof(UnknownSecurityException), false)]
    [InlineData("Neo.ClientError.Database.DatabaseNotFound", typeof(FatalDiscoveryException), false)]
    [InlineData("Neo.ClientError.Transaction.InvalidBookmark", typeof(InvalidBookmarkException), false)]
    [InlineData("Neo.ClientError.Transaction.InvalidBookmarkMixture", typeof(InvalidBookmarkMixtureException), false)]
    [InlineData("Neo.ClientError.Statement.ArgumentError", typeof(StatementArgumentException), false)]
    [InlineData("Neo.ClientError.Statement.TypeError", typeof(TypeException), false)]
    [InlineData("Neo.ClientError.Statement.SyntaxError", typeof(ClientException), false)]
    [InlineData("Neo.ClientError.Schema.ConstraintValidationFailed", typeof(ClientException), false)]
    [InlineData("Neo.ClientError.Transaction.Terminated", typeof(ClientException), false)]
    [InlineData("Neo.ClientError.Request.Invalid", typeof(ProtocolException), false)]
    [InlineData("Neo.ClientError.Request.InvalidFormat", typeof(ProtocolException), false)]
    [InlineData("Neo.TransientError.Transaction.DeadlockDetected", typeof(TransientException), true)]
    [InlineData("Neo.TransientError.General.DatabaseUnavailable", typeof(TransientException), true)]
    [InlineData("Neo.TransientError.Transaction.Terminated", typeof(TransientException), true)]
    [InlineData("Neo.DatabaseError.General.UnknownError", typeof(DatabaseException), false)]
    [InlineData("Something.Else", typeof(DatabaseException), false)]
    [InlineData("", typeof(DatabaseException), false)]
    public void A_status_code_has_its_exception(string code, Type type, bool retriable)
    {
        var exception = ServerFailure.ToException(Failure("code", code), BoltVersion.V5_0);
        Assert.IsType(type, exception);
        Assert.Equal((code, "why", retriable), (exception.Code, exception.Message, exception.IsRetriable));
    }

    [Theory]
    [InlineData("Neo.TransientError.Transaction.Terminated", "Neo.ClientError.Transaction.Terminated")]
    [InlineData("Neo.TransientError.Transaction.LockClientStopped", "Neo.ClientError.Transaction.LockClientStopped")]
    public void Servers_before_Bolt_5_call_what_cannot_be_retried_transient(string code, string corrected)
    {
        var exception = Assert.IsType<ClientException>(ServerFailure.ToException(Failure("code", code), BoltVersion.V4_4));
        Assert.Equal(corrected, exception.Code);
        Assert.False(exception.IsRetriable);
    }

    [Fact]
    public void The_code_has_another_key_from_Bolt_5_7() => Assert.IsType<TransientException>(
        ServerFailure.ToException(Failure("neo4j_code", "Neo.TransientError.Transaction.DeadlockDetected"), new BoltVersion(5, 7)));

    [Fact]
    public void A_terminated_transaction_can_be_tried_again_if_its_first_failure_can()
    {
        Assert.True(new TransactionTerminatedException(new TransientException("code", "why")).IsRetriable);
        Assert.False(new TransactionTerminatedException(new ClientException("code", "why")).IsRetriable);
    }

    private static Dictionary<string, object> Failure(string key, string code) => new() { [key] = code, ["message"] = "why" };
}
