using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class GraphFailureTests
{
    private static readonly Dictionary<string, GraphFailureKind> s_words = new()
    {
        ["waits"] = GraphFailureKind.Transient,
        ["halves"] = GraphFailureKind.TooLarge,
        ["dead letter"] = GraphFailureKind.Rejected,
        ["ends"] = GraphFailureKind.Fatal,
    };

    /// <summary>The codes of Neo4j 5.26 and 3.1, with what they mean here: <c>StatusCodes.tsv</c>.</summary>
    public static TheoryData<string, GraphFailureKind> Codes
    {
        get
        {
            using var reader = new StreamReader(typeof(GraphFailureTests).Assembly.GetManifestResourceStream("StatusCodes.tsv")!);
            var codes = new TheoryData<string, GraphFailureKind>();
            while (reader.ReadLine()?.Split('\t') is { } row)
                codes.Add(row[0], Enum.Parse<GraphFailureKind>(row[1]));
            return codes;
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    [InlineData("Something.Else", GraphFailureKind.Fatal)]
    public void Status_codes_are_sorted(string code, GraphFailureKind expected) =>
        Assert.Equal(expected, GraphFailure.Classify(code));

    [Fact]
    public void The_documentation_sorts_them_alike()
    {
        var documented = DocumentTable.Read("reliability.md", "| status codes | meaning |")
            .SelectMany(row => row[0].Split(", ").Select(prefix => (Prefix: prefix, Kind: s_words[row[1]])));

        Assert.Equal(GraphFailure.Table.OrderBy(row => row.Prefix, StringComparer.Ordinal), documented.OrderBy(row => row.Prefix, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Neo.DatabaseError.Schema.ConstraintCreationFailed", "Both Node(0) and Node(1) have the label", "Delete one of the nodes")]
    [InlineData("Neo.ClientError.Schema.IndexAlreadyExists", "There already exists an index", "Drop the index")]
    [InlineData("Neo.ClientError.Security.CredentialsExpired", "must be changed", "ALTER CURRENT USER")]
    [InlineData("Neo.ClientError.Security.Forbidden", "not allowed", "docs/security.md")]
    public void A_fatal_failure_has_the_database_s_words_and_the_way_out(string code, string reason, string wayOut)
    {
        var line = GraphFailure.Describe(new ClientException(code, reason), "graph");
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Contains(wayOut, line, StringComparison.Ordinal);
    }

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
        Assert.Contains("ConnectionStrings:graph", GraphFailure.Describe(exception, "graph"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_of_our_own_is_fatal() =>
        Assert.Equal(GraphFailureKind.Fatal, GraphFailure.Classify(new InvalidCastException()));
}
