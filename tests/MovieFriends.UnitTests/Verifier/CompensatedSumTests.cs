using System.Text.Json;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Verifier.Comparison;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

public sealed class CompensatedSumTests
{
    [Theory]
    [InlineData(double.MaxValue, 1e308, 1e308)]
    [InlineData(double.MinValue, -1e308, -1e308)]
    [InlineData(1.0, 1e308, 1e308, -1e308, -1e308, 1.0)]
    [InlineData(1e308, 1e308, 1e308, -1e308)]
    [InlineData(0.3, 0.1, 0.2)]
    [InlineData(2.0, 1.0, 1e100, 1.0, -1e100)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(double.MaxValue, double.PositiveInfinity, double.PositiveInfinity)]
    public void The_sum_of_any_numbers_is_a_number(double expected, params double[] numbers)
    {
        var sum = default(CompensatedSum);
        foreach (var number in numbers)
            sum.Add(number);

        Assert.Equal(expected, sum.Value, Math.Abs(expected) * 1e-15);
    }

    [Fact]
    public void A_report_with_numbers_that_are_none_is_JSON_that_is_read_again()
    {
        var report = new VerifierReport(1, 0, 1, 0, double.NegativeInfinity, 0, Ok: false);

        Assert.Equal(report, JsonSerializer.Deserialize(JsonSerializer.Serialize(report, ReportJson.Default.VerifierReport), ReportJson.Default.VerifierReport));
    }
}
