using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests.Security;

/// <summary>Passwords that nobody else has, so that they can be searched for.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[Collection(nameof(SharesSecureServers))]
[Trait(Suite.Trait, Suite.Slow)]
public sealed class SecretTests(RunningServers plain, SecureServers servers) : IDisposable
{
    private const int Users = 200;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-run-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string GraphPassword => GraphConnection.Parse(servers.Environment).Password!;

    [Fact]
    public async Task The_whole_job_at_its_most_talkative_shows_no_password_anywhere()
    {
        RequireModernServers();
        await using var scenario = await Scenario.StartAsync(servers.Environment, Users, Cancellation);
        await using var collector = await TelemetryCollector.StartAsync(Cancellation);
        using var log = new LineCollector();
        await using var app = await BuildAsync(scenario, collector, log);
        await using var watch = new SecretWatch(app, servers.BrokerPassword, GraphPassword);
        await using var serverWatch = new SecretWatch(servers.Application, servers.BrokerPassword, GraphPassword);

        await app.StartAsync(Cancellation);
        await EndedAsync(app, "producer");
        await EndedAsync(app, "consumer");
        await StartAndEndAsync(app, "verifier");
        await StartAndEndAsync(app, "replayer");
        await Wait.UntilAsync("the servers' processes were looked at", s_timeout, () => Task.FromResult(serverWatch.Processes.Count == 2), Cancellation);

        // What was searched is there, and the search would find.
        Assert.Equal(["consumer", "producer", "replayer", "seeder", "verifier"], watch.Processes.Keys.Order());
        Assert.All(watch.Processes, process => Assert.True(process.Value, $"{process.Key} has its passwords from somewhere else than its environment"));
        // Not followed by its colon: the host has services write in colours.
        Assert.Contains(log.Lines, line => line.Contains("dbug", StringComparison.Ordinal));
        Assert.Contains(collector.Exports, export => Contains(export, $"process {scenario.Topic}"));
        // Not a certain line: at its most talkative a service logs more than the exporter's queue takes.
        Assert.Contains(collector.Exports, export => Contains(export, "/v1/logs"));
        Assert.Contains(collector.Exports, export => Contains(export, "messaging.client.sent.messages"));

        Assert.Empty(watch.Leaks);
        Assert.Empty(serverWatch.Leaks);
        Assert.DoesNotContain(log.Lines, watch.IsIn);
        Assert.DoesNotContain(servers.Log.Lines, watch.IsIn);
        Assert.DoesNotContain(collector.Exports, watch.IsIn);
        Assert.Equal(["connections.json"], FilesWithSecrets(_folder, watch));
        using var connections = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "connections.json"), Cancellation));
        Assert.All(servers.Environment, setting => Assert.Equal(setting.Value, connections.RootElement.GetProperty("environment").GetProperty(setting.Key).GetString()));
    }

    [Fact]
    public void Servers_keep_passwords_in_files_of_their_owner_alone()
    {
        RequireModernServers();
        var passwords = new[] { servers.BrokerPassword, GraphPassword };

        Assert.Equal(
            ["connections.json", "password", "server.properties"],
            FilesWithSecrets(servers.Folder, bytes => Array.Exists(passwords, password => Contains(bytes, password))));
    }

    [Theory]
    [InlineData("seeder", "ConnectionStrings__graph")]
    [InlineData("producer", "Aspire__Confluent__Kafka__Config__SaslPassword")]
    [InlineData("consumer", "Aspire__Confluent__Kafka__Config__SaslPassword")]
    public async Task A_password_that_is_refused_is_not_shown(string service, string setting)
    {
        const string wrong = "wrong-but-secret-4711";
        RequireModernServers();
        await using var scenario = await Scenario.StartAsync(servers.Environment, Users, Cancellation);
        await using var collector = await TelemetryCollector.StartAsync(Cancellation);
        await using var run = ServiceProcess.Start(
            service,
            [.. scenario.Settings, .. Talkative(collector), new(setting, servers.Environment[setting].Replace(GraphPassword, wrong, StringComparison.Ordinal).Replace(servers.BrokerPassword, wrong, StringComparison.Ordinal))]);
        await Wait.UntilAsync($"the {service} ends", s_timeout, () => Task.FromResult(run.HasExited), Cancellation);

        Assert.Equal(1, await run.Exited);
        Assert.DoesNotContain(run.Log, line => line.Contains(wrong, StringComparison.Ordinal));
        Assert.NotEmpty(collector.Exports);
        Assert.DoesNotContain(collector.Exports, export => Contains(export, wrong));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<KeyValuePair<string, string>> Talkative(TelemetryCollector collector) =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("Logging__LogLevel__Default", "Trace"),
        new("Logging__LogLevel__Microsoft", "Trace"),
        new("Logging__LogLevel__Aspire.Confluent.Kafka", "Trace"),
        new("Aspire__Confluent__Kafka__Config__Debug", "all"),
    ];

    private async Task<DistributedApplication> BuildAsync(Scenario scenario, TelemetryCollector collector, LineCollector log)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                "--Servers=External", "--no-dashboard", "--Logging:LogLevel:Default=Trace",
                $"--ConnectionsFile={Path.Combine(_folder, "connections.json")}",
                "--Producer:Mode=Load", $"--Producer:Messages={Users + 1}", $"--Producer:Users={Users + 1}", $"--Consumer:StopAfter={Users + 1}",
                .. scenario.Settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
            ],
            Cancellation);
        builder.Services.AddLogging(logging => logging.AddProvider(log));
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            foreach (var (name, value) in Talkative(collector))
                builder.CreateResourceBuilder(service).WithEnvironment(name, value);
        }

        return await builder.BuildAsync(Cancellation);
    }

    private static async Task StartAndEndAsync(DistributedApplication app, string service)
    {
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == service);
        var started = await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, Cancellation);
        Assert.True(started.Success);
        await EndedAsync(app, service);
    }

    private static async Task EndedAsync(DistributedApplication app, string service)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_timeout);
        var ended = await app.ResourceNotifications.WaitForResourceAsync(service, state => state.Snapshot.ExitCode is not null, timeout.Token);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    private static List<string> FilesWithSecrets(string folder, SecretWatch watch) => FilesWithSecrets(folder, watch.IsIn);

    // Each must be its owner's alone.
    private static List<string> FilesWithSecrets(string folder, Func<byte[], bool> hasSecret)
    {
        // What is empty may be locked.
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0 && hasSecret(Read(file))).ToList();
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        return [.. files.Select(Path.GetFileName).OfType<string>().Order()];
    }

    private static byte[] Read(string file)
    {
        // Servers have them open.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private void RequireModernServers() => Assert.SkipUnless(plain.HasHeaders && OperatingSystem.IsLinux(), "Servers of 2017 have no sign-in, and only Linux shows processes this way.");
}
