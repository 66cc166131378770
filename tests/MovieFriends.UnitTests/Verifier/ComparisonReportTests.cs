using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Verifier;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Positions;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

public sealed class ComparisonReportTests
{
    private static readonly ComparisonResult s_agreement = new()
    {
        Expected = 3,
        Found = 3,
        Missing = [],
        Different = [],
        Unexpected = [],
        UnknownUsers = 0,
        NotJudged = 0,
        Changed = 0,
        ExpectedSum = 6,
        AmountDifference = 0,
    };

    [Fact]
    public void Agreement_without_lag_is_ok() =>
        Assert.Equal(new VerifierReport(3, 3, 0, 0, 0, 0, Ok: true), Write(s_agreement, new PartitionLag(0, 0, 3, 3)));

    [Fact]
    public void Lag_is_not_ok() =>
        Assert.Equal(new VerifierReport(3, 3, 0, 0, 0, 5, Ok: false), Write(s_agreement, new PartitionLag(0, 0, 3, 3), new PartitionLag(1, 2, 7, null)));

    [Fact]
    public void Missing_and_different_charges_are_both_missing() =>
        Assert.Equal(new VerifierReport(3, 3, 3, 1, 0, 0, Ok: false), Write(s_agreement with { Missing = [1, 2], Different = [3], Unexpected = [4] }));

    [Fact]
    public void Detached_charges_are_not_ok() =>
        Assert.False(Report().Write(s_agreement, Positions(), 0, detached: 1).Ok);

    [Fact]
    public void A_ledger_past_the_end_is_not_ok() =>
        Assert.False(Report().Write(s_agreement, Positions() with { PastEnd = [0] }, 0, 0).Ok);

    [Theory]
    [InlineData(4, 4, 2L, 2)] // All that is left is gone, too: nothing lags.
    [InlineData(4, 10, 2L, 2)]
    [InlineData(4, 10, 4L, 0)]
    [InlineData(4, 10, null, 0)] // A consumer begins with what is there.
    public void Messages_that_were_deleted_before_they_were_read_are_not_ok(long earliest, long latest, long? ledger, long gone)
    {
        var lag = new PartitionLag(0, earliest, latest, ledger);

        Assert.Equal(gone, lag.Gone);
        Assert.Equal(gone == 0 && lag.Lag == 0, Write(s_agreement, lag).Ok);
    }

    [Fact]
    public void Another_tool_s_nodes_and_charges_that_may_be_another_topic_s_are_counted_and_no_fault()
    {
        var result = s_agreement with { Foreign = 7, NotJudged = 5 };

        Assert.True(Report().Write(result, Positions(), 0, 0, "the topic is compacted").Ok);
        var table = ComparisonReport.Table(result, [], 0);
        Assert.Matches(@"foreign nodes\s+7", table);
        Assert.Matches(@"not judged\s+5", table);
    }

    [Theory]
    [InlineData(0, 10, null, 10)]
    [InlineData(4, 10, null, 6)]
    [InlineData(4, 10, 2L, 6)]
    [InlineData(0, 10, 7L, 3)]
    [InlineData(0, 10, 12L, 0)]
    public void Lag_is_what_the_ledger_has_not_reached_of_what_is_there(long earliest, long latest, long? ledger, long lag) =>
        Assert.Equal(lag, new PartitionLag(0, earliest, latest, ledger).Lag);

    [Fact]
    public void The_table_shows_each_partition()
    {
        var table = ComparisonReport.Table(s_agreement, [new PartitionLag(0, 0, 1_234_567, 1_234_000), new PartitionLag(1, 5, 9, null)], 0);

        Assert.Contains("1,234,567     1,234,000           567", table, StringComparison.Ordinal);
        Assert.Contains("none", table, StringComparison.Ordinal);
    }

    private static ComparisonReport Report() => new(Options.Create(new VerifierOptions()), NullLogger<ComparisonReport>.Instance);

    private static VerifierReport Write(ComparisonResult result, params PartitionLag[] lags) => Report().Write(result, Positions(lags), 0, 0);

    private static TopicPositions Positions(params PartitionLag[] lags) => new("charges", lags);
}
