using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost;
using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class PathSettingsTests
{
    private static readonly string s_folder = Path.GetTempPath();

    [Theory]
    [InlineData("Producer:Source=my.csv", "my.csv")]
    [InlineData("consumer:batchdumpdirectory=a/b", "a/b")]
    [InlineData("LocalServers:DataPath=../data", "../data")]
    [InlineData("Aspire:Confluent:Kafka:Producer:Config:SslCaLocation=ca.pem", "ca.pem")]
    public void Paths_on_the_command_line_are_relative_to_where_the_user_stands(string setting, string path)
    {
        var key = setting.Split('=')[0];

        Assert.Equal(Path.GetFullPath(path, s_folder), new AppHostArguments().SetAll([setting], s_folder).Get(key));
    }

    [Theory]
    [InlineData("Producer:Source=Generator", "Generator")]
    [InlineData("Producer:Source=-", "-")]
    [InlineData("Consumer:GroupId=a/b", "a/b")]
    [InlineData("Aspire:Confluent:Kafka:Config:SslCaLocation=probe", "probe")]
    public void What_is_no_path_stays_as_it_is(string setting, string value) =>
        Assert.Equal(value, new AppHostArguments().SetAll([setting], s_folder).Get(setting.Split('=')[0]));

    [Fact]
    public void Of_several_paths_each_is_resolved() => Assert.Equal(
        $"{Path.GetFullPath("a.pem", s_folder)};{Path.GetFullPath("b.pem", s_folder)}",
        new AppHostArguments().SetAll(["Aspire:Neo4j:Driver:TrustedCertificates=a.pem;b.pem"], s_folder).Get("Aspire:Neo4j:Driver:TrustedCertificates"));

    [Fact]
    public void Paths_in_files_and_in_the_environment_are_relative_to_the_repository()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Producer:Source"] = "my.csv", ["Producer:Users"] = "7", ["Consumer:BatchDumpDirectory"] = s_folder });

        HostDefaults.ResolvePaths(configuration, s_folder);

        Assert.Equal((Path.GetFullPath("my.csv", s_folder), "7", Path.GetFullPath(s_folder)), (configuration["Producer:Source"], configuration["Producer:Users"], configuration["Consumer:BatchDumpDirectory"]));
    }
}
