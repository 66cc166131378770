using MovieFriends.ServiceDefaults.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

public sealed class GraphFailureTests
{
    [Theory]
    [InlineData("Neo.TransientError.Transaction.DeadlockDetected", GraphFailureKind.Transient)]
    [InlineData("Neo.TransientError.General.DatabaseUnavailable", GraphFailureKind.Transient)]
    [InlineData("Neo.TransientError.General.MemoryPoolOutOfMemoryError", GraphFailureKind.TooLarge)]
    [InlineData("Neo.TransientError.General.TransactionMemoryLimit", GraphFailureKind.TooLarge)]
    [InlineData("Neo.TransientError.General.TransactionOutOfMemoryError", GraphFailureKind.TooLarge)]
    [InlineData("Neo.ClientError.General.TransactionOutOfMemoryError", GraphFailureKind.TooLarge)]
    [InlineData("Neo.ClientError.Security.AuthenticationRateLimit", GraphFailureKind.Transient)]
    [InlineData("Neo.DatabaseError.General.UnknownError", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.Transaction.TransactionTimedOut", GraphFailureKind.TooLarge)]
    [InlineData("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", GraphFailureKind.TooLarge)]
    [InlineData("Neo.ClientError.Transaction.LockClientStopped", GraphFailureKind.TooLarge)]
    [InlineData("Neo.TransientError.Transaction.LockClientStopped", GraphFailureKind.TooLarge)]
    [InlineData("Neo.ClientError.Transaction.Terminated", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.Cluster.NotALeader", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.Security.AuthorizationExpired", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.Statement.EntityNotFound", GraphFailureKind.Transient)]
    [InlineData("Neo.ClientError.Schema.ConstraintValidationFailed", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Schema.ConstraintViolation", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.TypeError", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.ArgumentError", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.ArithmeticError", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.ConstraintVerificationFailed", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.PropertyTooLarge", GraphFailureKind.Refused)]
    [InlineData("Neo.ClientError.Statement.SyntaxError", GraphFailureKind.Fatal)]
    [InlineData("Neo.ClientError.Security.Unauthorized", GraphFailureKind.Fatal)]
    [InlineData("Neo.ClientError.Security.Forbidden", GraphFailureKind.Fatal)]
    [InlineData("Neo.ClientError.Database.DatabaseNotFound", GraphFailureKind.Fatal)]
    [InlineData("Something.Else", GraphFailureKind.Fatal)]
    public void Status_codes_are_sorted(string code, GraphFailureKind expected) =>
        Assert.Equal(expected, GraphFailure.Classify(code));

    [Fact]
    public void The_code_of_an_exception_says_more_than_its_type() =>
        Assert.Equal(GraphFailureKind.TooLarge, GraphFailure.Classify(new TransientException("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "full")));

    [Fact]
    public void A_lost_connection_is_transient()
    {
        Assert.Equal(GraphFailureKind.Transient, GraphFailure.Classify(new ServiceUnavailableException("gone")));
        Assert.Equal(GraphFailureKind.Transient, GraphFailure.Classify(new SessionExpiredException("gone")));
        Assert.Equal(GraphFailureKind.Transient, GraphFailure.Classify(new IOException("gone")));
    }

    [Fact]
    public void A_wrong_password_is_fatal_and_names_the_setting()
    {
        var exception = new AuthenticationException("no");
        Assert.Equal(GraphFailureKind.Fatal, GraphFailure.Classify(exception));
        Assert.Contains("ConnectionStrings:graph", GraphFailure.Describe(exception), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_of_our_own_is_fatal() =>
        Assert.Equal(GraphFailureKind.Fatal, GraphFailure.Classify(new InvalidCastException()));
}
