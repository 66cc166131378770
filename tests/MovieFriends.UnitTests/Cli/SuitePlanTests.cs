using MovieFriends.Cli;
using MovieFriends.Cli.Testing;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class SuitePlanTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_done_within_minutes_runs_without_being_asked_for(bool modern) =>
        Assert.Equal([Suite.Unit, Suite.Fast], SuitePlan.Decide([], all: false, modern));

    [Fact]
    public void Everything_runs_in_order_and_ends_on_the_servers_from_npm() =>
        Assert.Equal([Suite.Unit, Suite.Fast, Suite.Containers, Suite.Slow, Suite.Compatibility], SuitePlan.Decide([], all: true, modern: true));

    [Fact]
    public void Without_modern_servers_everything_is_the_compatibility_set() =>
        Assert.Equal([Suite.Unit, Suite.Containers, Suite.Compatibility], SuitePlan.Decide([], all: true, modern: false));

    [Fact]
    public void Named_suites_run_once_and_in_order() =>
        Assert.Equal([Suite.Unit, Suite.Slow], SuitePlan.Decide([Suite.Slow, Suite.Unit, Suite.Slow], all: false, modern: true));

    [Fact]
    public void The_slow_suite_is_refused_without_modern_servers() => Assert.Equal(
        CommandException.Refused, Assert.Throws<CommandException>(() => SuitePlan.Decide([Suite.Slow], all: false, modern: false)).ExitCode);

    [Theory]
    [InlineData(nameof(Suite.Unit), true, false)]
    [InlineData(nameof(Suite.Fast), true, false)]
    [InlineData(nameof(Suite.Fast), false, true)]
    [InlineData(nameof(Suite.Slow), true, false)]
    [InlineData(nameof(Suite.Compatibility), true, true)]
    [InlineData(nameof(Suite.Compatibility), false, true)]
    public void Compatibility_is_about_the_servers_from_npm_and_so_is_the_fast_suite_where_there_are_no_others(string suite, bool modern, bool npm) =>
        Assert.Equal(npm, Enum.Parse<Suite>(suite).UsesNpmServers(modern));

    [Theory]
    [InlineData(nameof(Suite.Unit), true, "")]
    [InlineData(nameof(Suite.Fast), true, "-trait- Suite=Slow -trait- Suite=Containers")]
    [InlineData(nameof(Suite.Fast), false, "-trait Suite=Compatibility -trait- Suite=Slow -trait- Suite=Containers")]
    [InlineData(nameof(Suite.Containers), true, "-trait Suite=Containers")]
    [InlineData(nameof(Suite.Slow), true, "-trait Suite=Slow -trait- Suite=Containers")]
    [InlineData(nameof(Suite.Compatibility), true, "-trait Suite=Compatibility -trait- Suite=Containers")]
    public void A_test_belongs_to_a_suite_by_its_traits(string suite, bool modern, string arguments) =>
        Assert.Equal(arguments, string.Join(' ', Enum.Parse<Suite>(suite).Arguments(modern, filter: null)));

    [Theory]
    [InlineData("ledger", "-method *ledger*")]
    [InlineData("*.LedgerTests.*", "-method *.LedgerTests.*")]
    public void A_filter_is_part_of_a_name_unless_it_has_wildcards(string filter, string arguments) =>
        Assert.Equal(arguments, string.Join(' ', Suite.Unit.Arguments(modern: true, filter)));
}
