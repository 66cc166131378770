using Confluent.Kafka;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class KafkaFailureTests
{
    private static readonly Dictionary<string, KafkaFailureKind> s_words = new()
    {
        ["goes on"] = KafkaFailureKind.Passing,
        ["waits"] = KafkaFailureKind.Away,
        ["refused"] = KafkaFailureKind.Refused,
        ["this message"] = KafkaFailureKind.Message,
    };

    [Fact]
    public void Every_code_of_the_client_is_sorted() =>
        Assert.Empty(Enum.GetValues<ErrorCode>().Except(KafkaFailure.Kinds.Keys));

    [Fact]
    public void The_documentation_sorts_them_alike()
    {
        var documented = DocumentTable.Read("reliability.md", "| error codes | meaning |")
            .SelectMany(row => row[0].Split(", ").Select(code => (Code: Enum.Parse<ErrorCode>(code), Kind: s_words[row[1]])))
            .ToDictionary(row => row.Code, row => row.Kind);

        Assert.Equal(KafkaFailure.Kinds.OrderBy(row => row.Key), documented.OrderBy(row => row.Key));
    }

    [Fact]
    public void What_the_client_calls_fatal_is_refused() =>
        Assert.Equal(KafkaFailureKind.Refused, KafkaFailure.Classify(new Error(ErrorCode.UnknownMemberId, "gone", isFatal: true)));

    [Theory]
    [InlineData(ErrorCode.UnreleasedInstanceId, true, true)]
    [InlineData(ErrorCode.GroupIdNotFound, true, true)]
    [InlineData(ErrorCode.GroupMaxSizeReached, true, true)]
    [InlineData(ErrorCode.GroupMaxSizeReached, false, false)]
    [InlineData(ErrorCode.GroupAuthorizationFailed, true, false)]
    [InlineData(ErrorCode.Local_Fatal, true, false)]
    [InlineData((ErrorCode)12_345, true, false)]
    public void What_is_fatal_for_a_client_and_yet_passes_needs_a_new_one(ErrorCode code, bool isFatal, bool needed) =>
        Assert.Equal(needed, KafkaFailure.NeedsNewClient(new Error(code, "no", isFatal)));

    [Fact]
    public void What_nobody_has_heard_of_is_waited_for() =>
        Assert.Equal(KafkaFailureKind.Away, KafkaFailure.Classify(new Error((ErrorCode)12_345)));

    [Theory]
    [InlineData(ErrorCode.GroupAuthorizationFailed, "Kafka refuses (reading): Broker: Group authorization failed. docs/security.md has the rights that each service needs.")]
    [InlineData(ErrorCode.InvalidSessionTimeout, "Kafka refuses (reading): Broker: Invalid session timeout.")]
    public void A_refusal_names_what_was_asked_for_and_the_way_out(ErrorCode code, string line) =>
        Assert.Equal(line, KafkaFailure.Explain(new Error(code), "reading"));

    [Theory]
    [InlineData(ErrorCode.UnsupportedVersion, "Broker: Unsupported version")]
    [InlineData(ErrorCode.Local_UnsupportedFeature, "Idempotent producer not supported by any of the 1 connected broker(s)")]
    public void What_the_broker_does_not_have_is_refused_with_the_way_to_do_without(ErrorCode code, string reason)
    {
        var error = new Error(code, reason);

        Assert.Equal(KafkaFailureKind.Refused, KafkaFailure.Classify(error));
        Assert.True(KafkaFailure.IsUnsupported(error));
        Assert.EndsWith("EnableIdempotence=false in Aspire:Confluent:Kafka:Producer:Config.", KafkaFailure.Explain(error, "sending"), StringComparison.Ordinal);
        Assert.StartsWith($"Kafka refuses (sending): {reason}. The broker is too old for it or does not offer it;", KafkaFailure.Explain(error, "sending"), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_do_not_fit_are_to_be_stopped_or_left_to_themselves() =>
        Assert.Contains("Consumer:GroupId", KafkaFailure.Explain(new Error(ErrorCode.InconsistentGroupProtocol), "reading"), StringComparison.Ordinal);
}
