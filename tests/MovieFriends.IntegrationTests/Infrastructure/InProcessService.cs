using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Chaos.Processes;
using MovieFriends.Consumer;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Producer;
using MovieFriends.Replayer;
using MovieFriends.Seeder;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Simulation.Stories;
using MovieFriends.Verifier;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>One of the product's services, hosted in the test's process: what its program runs, without its signals and its console.</summary>
internal sealed class InProcessService : IRunningService
{
    private static readonly Dictionary<string, Func<string[], Action<IHostApplicationBuilder>, IHost>> s_hosts = new()
    {
        ["seeder"] = SeederHost.Build,
        ["producer"] = ProducerHost.Build,
        ["consumer"] = ConsumerHost.Build,
        ["verifier"] = VerifierHost.Build,
        ["replayer"] = ReplayerHost.Build,
        ["storyConsumer"] = BuildStoryConsumer,
    };

    // Several services of one process must not ask for the same port.
    private static readonly string[] s_arguments = ["--urls=http://127.0.0.1:0"];

    private static readonly KeyValuePair<string, string?>[] s_defaults =
    [
        new("Logging:Console:LogLevel:Default", "None"),
        // Nobody listens to telemetry here.
        new("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
    ];

    // A consumer alone may take 30 s for what is under way.
    private static readonly TimeSpan s_leaveTime = TimeSpan.FromSeconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceLog _log = new();

    private InProcessService(string service, KeyValuePair<string, string?>[] settings)
    {
        Service = service;
        Exited = Task.Run(() => RunAsync(settings));
    }

    public string Service { get; }

    public IReadOnlyList<string> Log => _log.Lines;

    public Task<int> Exited { get; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>Starts a service.</summary>
    /// <param name="service"><c>consumer</c>, <c>producer</c>, <c>seeder</c>, <c>verifier</c>, <c>replayer</c> or <c>storyConsumer</c>.</param>
    /// <param name="settings">In the form of environment variables, <c>Section__Key</c>; later ones win.</param>
    public static InProcessService Start(string service, IEnumerable<KeyValuePair<string, string>> settings) => new(
        service, [.. s_defaults, .. settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value))]);

    public void Terminate() => _stop.Cancel();

    public override string ToString() => $"{Service} (in this process)";

    public async ValueTask DisposeAsync()
    {
        Terminate();
        try
        {
            await Exited.WaitAsync(s_leaveTime);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The {Service} did not end within {s_leaveTime.TotalSeconds:0} s:\n{string.Join('\n', Log.TakeLast(30))}");
        }

        _stop.Dispose();
    }

    private async Task<int> RunAsync(KeyValuePair<string, string?>[] settings)
    {
        using var errors = new StringWriter();
        var code = await ServiceRunner.RunAsync(() => s_hosts[Service](s_arguments, builder => Configure(builder, settings)), errors, _stop.Token);
        _log.Add(errors.ToString());
        return code;
    }

    private void Configure(IHostApplicationBuilder builder, KeyValuePair<string, string?>[] settings)
    {
        foreach (var group in settings.GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase))
            builder.Configuration[group.Key] = group.Last().Value;
        builder.Logging.AddProvider(_log);

        // The usual one would take the signals of the test's process, and say when a service stops that it does.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    private static IHost BuildStoryConsumer(string[] arguments, Action<IHostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder);
        builder.Services.AddSingleton<ServiceExit>();
        builder.Services.AddSingleton<IStreamHost, StreamHost>();
        StoryConsumer.AddTo(builder);
        return builder.Build();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
