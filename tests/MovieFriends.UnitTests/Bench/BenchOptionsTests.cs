using System.ComponentModel.DataAnnotations;
using MovieFriends.Bench;
using MovieFriends.Bench.Measures;
using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Unless_told_otherwise_everything_is_measured_with_a_user_for_each_message()
    {
        var options = new BenchOptions { Messages = 5 };

        Assert.Empty(Problems(options));
        Assert.NotEmpty(options.Measures);
        Assert.Equal(5, options.GraphUsers);
    }

    [Fact]
    public void A_measure_that_is_asked_for_is_the_only_one() =>
        Assert.Equal(["tracing"], new BenchOptions { Measure = "tracing" }.Measures.Select(measure => measure.Name));

    [Fact]
    public void A_measure_that_is_none_and_fewer_users_than_messages_are_refused()
    {
        Assert.Contains("tracing", Assert.Single(Problems(new BenchOptions { Measure = "nothing" })), StringComparison.Ordinal);
        Assert.Contains("users", Assert.Single(Problems(new BenchOptions { Messages = 5, Users = 4 })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_knows_every_measure() =>
        Assert.Equal(MeasureCatalog.All.Select(measure => measure.Name), BenchCommand.Measures);

    private static IEnumerable<string> Problems(BenchOptions options) =>
        options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage!);
}
