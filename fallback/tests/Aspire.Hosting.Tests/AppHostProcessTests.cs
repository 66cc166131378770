using System.Diagnostics;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Tests;

/// <summary>An AppHost as a process of its own, ended from outside.</summary>
public sealed class AppHostProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly string _folder = Directory.CreateTempSubdirectory("aspire-apphost-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task A_signal_ends_the_apphost_and_all_of_its_processes(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are for Unix.");
        using var appHost = Start();
        var record = await RecordAsync(appHost, processes: 2);
        var started = Stopwatch.GetTimestamp();
        Signal(appHost, signal);
        await EndAsync(appHost);
        Assert.Equal(0, appHost.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
        Assert.All(record.Processes, p => Assert.False(p.Identity.IsAlive, p.Resource));
        Assert.Empty(Directory.GetFiles(_folder, "*.json"));
    }

    [Fact]
    public async Task What_a_killed_apphost_leaves_behind_is_ended_by_the_next()
    {
        using var killed = Start();
        var left = await RecordAsync(killed, processes: 2);
        killed.Kill(entireProcessTree: false);
        await EndAsync(killed);
        Assert.All(left.Processes, p => Assert.True(p.Identity.IsAlive, p.Resource));

        using var next = Start();
        var own = await RecordAsync(next, processes: 2);
        Assert.All(left.Processes, p => Assert.False(p.Identity.IsAlive, p.Resource));
        Assert.All(own.Processes, p => Assert.True(p.Identity.IsAlive, p.Resource));
        Assert.Equal([$"{next.Id}.json"], Directory.GetFiles(_folder, "*.json").Select(Path.GetFileName));

        Signal(next, Terminate);
        await EndAsync(next);
    }

    [Fact]
    public async Task The_manifest_is_written_and_the_apphost_ends()
    {
        var file = Path.Combine(_folder, "manifest.json");
        using var appHost = Start("--publisher", "manifest", "--output-path", file);
        await EndAsync(appHost);
        Assert.Equal(0, appHost.ExitCode);
        using var manifest = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal("project.v0", resources.GetProperty("first").GetProperty("type").GetString());
        Assert.Equal("{database.connectionString}", resources.GetProperty("first").GetProperty("env").GetProperty("ConnectionStrings__database").GetString());
        Assert.Equal("{first.bindings.http.url}", resources.GetProperty("second").GetProperty("env").GetProperty("services__first__http__0").GetString());
        Assert.Equal("Endpoint=bolt://localhost:7687;Password={password.value}", resources.GetProperty("database").GetProperty("connectionString").GetString());
        Assert.Equal(12, resources.GetProperty("password").GetProperty("inputs").GetProperty("value").GetProperty("default").GetProperty("generate").GetProperty("minLength").GetInt32());
        Assert.Equal("container.v0", resources.GetProperty("kafka").GetProperty("type").GetString());
        Assert.Equal("{kafka.bindings.tcp.host}:{kafka.bindings.tcp.port}", resources.GetProperty("kafka").GetProperty("connectionString").GetString());
    }

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(TestHost.DotNet, ["exec", typeof(Projects.SampleAppHost).Assembly.Location, $"--AppHost:RunDirectory={_folder}", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Signal(Process process, int signal)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = UnixNative.Kill(process.Id, signal);
    }

    private async Task<RunRecordContent> RecordAsync(Process appHost, int processes)
    {
        var file = Path.Combine(_folder, $"{appHost.Id}.json");
        RunRecordContent? record = null;
        await ProcessTests.Until(() => (record = File.Exists(file) ? RunRecord.Read(file) : null)?.Processes.Count == processes, $"{processes} processes are recorded");
        return record!;
    }

    private static async Task EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TestHost.Limit);
        await process.WaitForExitAsync(limit.Token);
    }
}
