using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Graph;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Seeder.Generation;
using MovieFriends.Seeder.Graph;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Seeder;

/// <summary>Builds the graph of users, or finds that it is there.</summary>
internal sealed partial class SeederService(
    SeedGraph graph,
    GraphReset reset,
    SeederTelemetry telemetry,
    IOptions<SeederOptions> seederOptions,
    IOptions<ProgressOptions> progressOptions,
    TimeProvider time,
    ServiceExit exit,
    ILogger<SeederService> logger) : OneShotService(exit, logger, Stage)
{
    private const string Stage = "seed";

    private readonly SeederOptions _options = seederOptions.Value;
    private readonly ComponentPlan _plan = new(seederOptions.Value.Users);

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (_options.Reset)
        {
            using var stage = RunTelemetry.Start("seed reset");
            await reset.RunAsync(cancellationToken);
        }

        using (RunTelemetry.Start("seed schema"))
            LogSchema(logger, await graph.EnsureSchemaAsync(cancellationToken));
        if (_options.Mode == SeederMode.Existing)
            return await KeepAsync(started, cancellationToken);
        var state = await InspectAsync(cancellationToken);
        var skipped = state.IsComplete(_plan);
        var counters = new StepCounters();
        if (skipped)
        {
            LogFound(logger, state.Users, state.Knows);
        }
        else
        {
            if (state.SeededUsers > 0)
                LogResumed(logger, state.SeededUsers, _plan.Users);

            // A graph that grows is no whole one until it has all of its users.
            await graph.UnmarkAsync(cancellationToken);
            await WriteAsync(state, counters, cancellationToken);
            LogWritten(logger, counters);
            state = await InspectAsync(cancellationToken);
        }

        return await CompleteAsync(started, state, counters, skipped, cancellationToken);
    }

    private async Task<int> KeepAsync(long started, CancellationToken cancellationToken)
    {
        var state = await graph.ReadAsync(cancellationToken);
        if (state.Users == 0)
            throw new FatalException("The graph has no node with the label User, and Seeder:Mode=Existing writes none. Load your users first (label User, userId a whole number), or leave the mode out.");
        if (await graph.FindForeignUserAsync(cancellationToken) is { } foreign)
            throw new FatalException(ForeignUsers.Explain(foreign.Value));
        LogFound(logger, state.Users, state.Knows);
        return await CompleteAsync(started, state, new StepCounters(), skipped: true, cancellationToken);
    }

    private async Task<int> CompleteAsync(long started, GraphState state, StepCounters counters, bool skipped, CancellationToken cancellationToken)
    {
        // A graph that is found whole may have been built before there were marks.
        await graph.MarkCompleteAsync(state.Users, cancellationToken);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var report = new SeederReport(state.Users, state.Knows, seconds, counters.EntitiesCreated / seconds, skipped);
        LogDone(logger, report.Users, report.Knows, seconds, report.EntitiesPerSecond);
        StageLog.Report(logger, ReportStages.Seeded, report, ReportJson.Default.SeederReport);
        return ServiceRunner.Ok;
    }

    private async Task<GraphState> InspectAsync(CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("seed inspect");
        return await graph.InspectAsync(_plan, cancellationToken);
    }

    private async Task WriteAsync(GraphState state, StepCounters counters, CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("seed write");
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, Stage, "users", _plan.Users - state.SeededUsers);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var components = Channel.CreateBounded<ComponentBatches>(_options.Sessions);
        var generating = GenerateAsync(state, components.Writer, ended.Token);
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Sessions, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(components.Reader.ReadAllAsync(ended.Token), parallel, async (component, token) =>
            {
                foreach (var batch in component.Batches)
                {
                    token.ThrowIfCancellationRequested();
                    await graph.WriteAsync(batch, component.Size, counters, token);
                    progress.Add(batch.Count);
                    telemetry.Written(batch.Count);
                }
            });
        }
        finally
        {
            await ended.CancelAsync();
            await generating;
        }
    }

    // Ahead of the sessions, so that the database does not wait for it.
    private async Task GenerateAsync(GraphState state, ChannelWriter<ComponentBatches> components, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            for (var component = 0; component < _plan.Components; component++)
            {
                var next = state.NextUsers.GetValueOrDefault(component);
                if (next < _plan.SizeOf(component))
                    await components.WriteAsync(ComponentBatches.Generate(_plan, component, next, _options), cancellationToken);
            }

            components.Complete();
        }
#pragma warning disable CA1031 // Whoever reads meets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            components.Complete(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Schema: {Constraints} constraints added.")]
    private static partial void LogSchema(ILogger logger, int constraints);

    [LoggerMessage(LogLevel.Information, "The graph is there already: {Users} users, {Knows} KNOWS relationships.")]
    private static partial void LogFound(ILogger logger, long users, long knows);

    [LoggerMessage(LogLevel.Information, "{Done} of {Users} users are there already; going on from there.")]
    private static partial void LogResumed(ILogger logger, long done, long users);

    [LoggerMessage(LogLevel.Information, "Users: {Counters}.")]
    private static partial void LogWritten(ILogger logger, StepCounters counters);

    [LoggerMessage(LogLevel.Information, "{Users} users and {Knows} KNOWS relationships after {Seconds:0.0} s, {Rate:0} entities/s written.")]
    private static partial void LogDone(ILogger logger, long users, long knows, double seconds, double rate);
}
