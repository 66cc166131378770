using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

/// <summary>Nothing listens at the address: a statement that fails has its span and its duration like any other.</summary>
[Collection(nameof(ListensToTraces))]
public sealed class Neo4jTelemetryTests
{
    [Fact]
    public async Task A_host_without_tracing_does_not_silence_another_in_the_process()
    {
        using var silent = new ObservedHost(builder => builder.AddNeo4jDriver("graph", settings => settings.DisableTracing = true));
        using var traced = new ObservedHost(builder => builder.AddNeo4jDriver("graph"));

        await silent.AskAsync("MATCH Silent");
        await traced.AskAsync("MATCH Traced");

        Assert.Equal(["MATCH Traced"], traced.Spans);
        Assert.Empty(silent.Spans);
        Assert.Equal((1, 1), (silent.Durations, traced.Durations));
    }

    [Fact]
    public async Task A_host_without_metrics_does_not_silence_another_in_the_process()
    {
        using var silent = new ObservedHost(builder => builder.AddNeo4jDriver("graph", settings => settings.DisableMetrics = true));
        using var measured = new ObservedHost(builder => builder.AddNeo4jDriver("graph"));

        await silent.AskAsync("MATCH Silent");
        await measured.AskAsync("MATCH Measured");

        Assert.Equal((0, 1), (silent.Durations, measured.Durations));
        Assert.Contains("MATCH Silent", silent.Spans);
    }

    [Fact]
    public async Task A_host_that_ends_takes_nothing_from_another_in_the_process()
    {
        using var remaining = new ObservedHost(builder => builder.AddNeo4jDriver("graph"));
        var ending = new ObservedHost(builder => builder.AddNeo4jDriver("graph"));
        await ending.AskAsync("MATCH Ending");
        ending.Dispose();

        await remaining.AskAsync("MATCH Remaining");

        Assert.Contains("MATCH Remaining", remaining.Spans);
        Assert.Equal(1, remaining.Durations);
    }

    [Fact]
    public async Task Each_of_several_drivers_has_switches_of_its_own()
    {
        using var host = new ObservedHost(
            builder =>
            {
                builder.AddKeyedNeo4jDriver("movies");
                builder.AddKeyedNeo4jDriver("people");
            },
            ("ConnectionStrings:movies", ObservedHost.Nowhere),
            ("ConnectionStrings:people", ObservedHost.Nowhere),
            ("Aspire:Neo4j:Driver:movies:DisableTracing", "true"),
            ("Aspire:Neo4j:Driver:people:DisableMetrics", "true"));

        await host.AskAsync("MATCH Movie", "movies");
        await host.AskAsync("MATCH Person", "people");

        Assert.Equal(["MATCH Person"], host.Spans);
        Assert.Equal(1, host.Durations);
    }

    [Fact]
    public async Task Outside_of_a_host_nothing_is_recorded()
    {
        using var listener = new TraceListener(Neo4jTelemetry.Name);
        await using var driver = GraphDatabase.Driver(ObservedHost.Nowhere, AuthTokens.None);

        await ObservedHost.AskAsync(driver, Neo4jTelemetry.None, "MATCH Nobody");

        Assert.Empty(listener.Ended);
    }

    private sealed class ObservedHost : IDisposable
    {
        public const string Nowhere = "bolt://127.0.0.1:1";

        private readonly IHost _host;
        private readonly EndedSpans _spans = new();
        private readonly MetricCollector<double> _durations;

        public ObservedHost(Action<IHostApplicationBuilder> configure, params (string Key, string Value)[] configuration)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:graph", Nowhere), .. configuration.Select(c => KeyValuePair.Create(c.Key, (string?)c.Value))]);
            configure(builder);
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddProcessor(_spans));
            _host = builder.Build();
            _host.Services.GetRequiredService<TracerProvider>();
            _durations = new MetricCollector<double>(_host.Services.GetRequiredService<IMeterFactory>(), Neo4jTelemetry.Name, "db.client.operation.duration");
        }

        public IEnumerable<string> Spans => _spans.Names;

        public int Durations => _durations.GetMeasurementSnapshot().Count;

        public static async Task AskAsync(IDriver driver, Neo4jTelemetry telemetry, string summary)
        {
            await using var session = driver.AsyncSession();
            await Assert.ThrowsAnyAsync<Neo4jException>(() => new GraphQuery(summary, "RETURN 1").ListAsync(session, new Dictionary<string, object?>(), telemetry));
        }

        public Task AskAsync(string summary, string? key = null) => AskAsync(
            _host.Services.GetRequiredKeyedService<IDriver>(key), _host.Services.GetRequiredKeyedService<Neo4jTelemetry>(key), summary);

        public void Dispose()
        {
            _durations.Dispose();
            _host.Dispose();
        }
    }

    private sealed class EndedSpans : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<string> _names = new();

        public IEnumerable<string> Names => _names;

        public override void OnEnd(Activity data) => _names.Enqueue(data.DisplayName);
    }
}
