using MovieFriends.Cli.Setup;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class RestoreErrorsTests
{
    private const string NoDriver = "/src/A.csproj : error NU1101: Unable to find package Neo4j.Driver. No packages exist with this id in source(s): nuget.org";
    private const string NoSdk = "/src/Directory.Build.targets(10,33): error MSB4236: The SDK 'Aspire.AppHost.Sdk/13.5.4' specified could not be found. [/src/B.csproj]";
    private const string OldAspire = "/src/B.csproj : error NU1102: Unable to find package Aspire.Hosting.Kafka with version (>= 13.5.4)";
    private const string NewerAspire = "/src/B.csproj : warning NU1603: MovieFriends.Bench depends on Aspire.Hosting.AppHost (>= 13.5.4) but Aspire.Hosting.AppHost 13.5.4 was not found. "
        + "Aspire.Hosting.AppHost 13.6.5 was resolved instead.";
    private const string NewerHosting = "/src/B.csproj : error NU1109: Detected package downgrade: Microsoft.Extensions.Hosting from 10.0.14 to centrally defined 10.0.12.";

    [Theory]
    [InlineData(NoDriver)]
    [InlineData(NoSdk)]
    [InlineData(OldAspire)]
    [InlineData(NoSdk + "\n" + NoDriver + "\r\n" + OldAspire)]
    [InlineData(NoDriver + "\n/src/A.csproj : error NU1605: Detected package downgrade: Aspire.Hosting from 13.5.4 to 13.5.3.")]
    public void Only_official_packages_are_missing(string output) => Assert.True(RestoreErrors.AreForLackOfOfficialPackages(output));

    [Theory]
    [InlineData(NewerAspire)]
    [InlineData(NewerAspire + "\n" + NewerHosting)]
    [InlineData(NewerAspire + "\n" + NoDriver + "\n" + NewerHosting)]
    public void Some_official_packages_or_others_of_their_versions_are_as_good_as_none(string output) =>
        Assert.True(RestoreErrors.AreForLackOfOfficialPackages(output));

    [Theory]
    [InlineData("")]
    [InlineData("error : something went wrong with Aspire.Hosting")]
    [InlineData("/src/A.csproj : error NU1101: Unable to find package Confluent.Kafka. No packages exist with this id in source(s): nuget.org")]
    [InlineData(NoDriver + "\n/src/A.csproj : error NU1101: Unable to find package Confluent.Kafka.")]
    [InlineData(NewerHosting)]
    [InlineData("/src/A.csproj : warning NU1603: Aspire.Hosting.Testing 13.6.5 depends on StreamJsonRpc (>= 2.25.29) but StreamJsonRpc 2.25.29 was not found. StreamJsonRpc 2.26.66 was resolved instead.")]
    [InlineData("/src/A.csproj : error NU1101: Unable to find package Neo4j.Driver.Simple.")]
    [InlineData("/src/MovieFriends.Aspire.csproj : error NU1101: Unable to find package MyAspire.Hosting.")]
    [InlineData(NoSdk + "\nerror :   Unable to load the service index for source https://example.org/v3/index.json.")]
    [InlineData(NoDriver + "\nerror NU1301: Unable to load the service index for source https://example.org/v3/index.json.")]
    public void Any_other_failure_is_not_taken_for_missing_packages(string output) => Assert.False(RestoreErrors.AreForLackOfOfficialPackages(output));
}
