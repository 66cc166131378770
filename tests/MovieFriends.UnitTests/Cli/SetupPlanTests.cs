using MovieFriends.Cli.Setup;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class SetupPlanTests
{
    private static readonly JavaRuntime s_java17 = new("/usr/bin/java", "17.0.15");
    private static readonly ProbeResult s_bare = new(Java: null, ContainerRuntime: null, Npm: null, MissingPackages: PackageProbe.Packages);
    private static readonly ProbeResult s_usual = new(s_java17, ContainerRuntime: null, Npm: "/usr/bin/npm", MissingPackages: PackageProbe.Packages);
    private static readonly SetupRequest s_auto = new(ServerMode.Auto);

    [Fact]
    public void Docker_makes_containers_whatever_packages_are_missing()
    {
        var plan = SetupPlan.Decide(s_auto, s_bare with { ContainerRuntime = "docker 28" }, null, null);
        Assert.Equal(ServerMode.Containers, plan.Servers);
        Assert.Empty(plan.Missing);
        Assert.False(plan.NpmServers);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("/opt/kafka", null, true)]
    [InlineData(null, "/opt/neo4j", true)]
    [InlineData("/opt/kafka", "/opt/neo4j", false)]
    public void Npm_serves_what_has_no_home(string? kafkaHome, string? neo4jHome, bool expected) =>
        Assert.Equal(expected, SetupPlan.Decide(s_auto, s_usual, kafkaHome, neo4jHome).NpmServers);

    [Fact]
    public void A_machine_with_nothing_is_told_about_java_and_npm()
    {
        var missing = SetupPlan.Decide(s_auto, s_bare, null, null).Missing;
        Assert.Equal(2, missing.Count);
        Assert.Contains("Java 17 or later is missing.", missing[0]);
        Assert.Contains("npm is missing.", missing[1]);
    }

    [Fact]
    public void A_java_that_is_too_old_is_named()
    {
        var missing = SetupPlan.Decide(s_auto, s_usual with { Java = new("/opt/jdk8/bin/java", "1.8.0_392") }, null, null).Missing;
        Assert.Contains("found 1.8.0_392: /opt/jdk8/bin/java", Assert.Single(missing));
    }

    [Fact]
    public void Both_homes_make_npm_dispensable() => Assert.Empty(SetupPlan.Decide(s_auto, s_usual with { Npm = null }, "/opt/kafka", "/opt/neo4j").Missing);

    [Fact]
    public void External_servers_need_nothing_of_the_machine() =>
        Assert.Empty(SetupPlan.Decide(s_auto with { Servers = ServerMode.External }, s_bare, null, null).Missing);

    [Fact]
    public void Containers_without_a_runtime_name_what_is_missing() =>
        Assert.Contains("does not answer", Assert.Single(SetupPlan.Decide(s_auto with { Servers = ServerMode.Containers }, s_usual, null, null).Missing));

    [Fact]
    public void The_official_driver_is_not_sent_to_a_database_it_does_not_know() =>
        Assert.Contains("NEO4J_HOME is not set", Assert.Single(SetupPlan.Decide(s_auto, s_usual with { MissingPackages = [] }, "/opt/kafka", null).Missing));

    [Fact]
    public void What_is_wrong_with_JAVA_HOME_is_said_where_Java_is_needed()
    {
        var wrong = s_usual with { Java = null, JavaProblem = "JAVA_HOME: 'x' is not a Java home." };
        Assert.Equal("JAVA_HOME: 'x' is not a Java home.", Assert.Single(SetupPlan.Decide(s_auto, wrong, null, null).Missing));
        Assert.Empty(SetupPlan.Decide(s_auto with { Servers = ServerMode.External }, wrong, null, null).Missing);
    }
}
