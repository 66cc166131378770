using MovieFriends.Cli.Setup;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class RestoreOutcomeTests
{
    private const string Driver = "Neo4j.Driver";
    private const string NoDriver = "/src/Probe.csproj : error NU1101: Unable to find package Neo4j.Driver. No packages exist with this id in source(s): packages";
    private const string OldDriver = "/src/Probe.csproj : error NU1102: Unable to find package Neo4j.Driver with version (>= 5.28.3)";
    private const string NewerDriver = "/src/Probe.csproj : warning NU1603: Probe depends on Neo4j.Driver (>= 5.28.3) but Neo4j.Driver 5.28.3 was not found. Neo4j.Driver 5.28.4 was resolved instead.";
    private const string NewerPart = "/src/Probe.csproj : warning NU1603: Neo4j.Driver 5.28.3 depends on System.IO.Pipelines (>= 8.0.0) but System.IO.Pipelines 8.0.0 was not found. System.IO.Pipelines 8.0.1 was resolved instead.";
    private const string NoPart = "/src/Probe.csproj : error NU1101: Unable to find package System.IO.Pipelines. No packages exist with this id in source(s): packages";
    private const string Downgrade = "/src/Probe.csproj : error NU1109: Detected package downgrade: System.IO.Pipelines from 9.0.0 to centrally defined 8.0.0.";

    [Theory]
    [InlineData("")]
    [InlineData(NewerPart)]
    public void A_package_that_is_restored_is_there(string output) => Assert.True(RestoreOutcome.IsAvailable(Driver, 0, output));

    [Theory]
    [InlineData(1, NoDriver)]
    [InlineData(1, OldDriver)]
    [InlineData(1, NoPart)]
    [InlineData(1, NoDriver + "\r\n" + Downgrade)]
    [InlineData(0, NewerDriver)]
    public void A_package_that_is_not_there_or_only_in_another_version_or_in_part_is_missing(int exitCode, string output) =>
        Assert.False(RestoreOutcome.IsAvailable(Driver, exitCode, output));

    [Theory]
    [InlineData("")]
    [InlineData("error : something went wrong with Neo4j.Driver")]
    [InlineData(Downgrade)]
    [InlineData(NoDriver + "\n/src/Probe.csproj : error NETSDK1045: The current .NET SDK does not support targeting .NET 11.0.")]
    [InlineData(NoDriver + "\nerror :   Unable to load the service index for source https://example.org/v3/index.json.")]
    [InlineData(NoDriver + "\nerror NU1301: Unable to load the service index for source https://example.org/v3/index.json.")]
    public void Any_other_failure_says_nothing_about_the_package(string output) => Assert.Null(RestoreOutcome.IsAvailable(Driver, 1, output));
}
