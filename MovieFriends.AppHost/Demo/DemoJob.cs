using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Waits for one service after the other, collects their reports, and shows them.</summary>
internal sealed class DemoJob(
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    DemoServers servers,
    ServiceFailures failures,
    DemoWatch watch,
    DemoOptions options,
    ServersInfo serversInfo,
    IAnsiConsole console,
    TimeProvider time)
{
    /// <summary>A service's last lines may come a moment after the news that it has ended.</summary>
    private static readonly TimeSpan s_lastLinesTimeout = TimeSpan.FromSeconds(10);

    /// <returns>What the verifier found.</returns>
    /// <exception cref="FatalException">A service failed.</exception>
    public async Task<VerifierReport> RunAsync(DemoStages stages, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            _ = servers.TimeStartAsync(ending.Token);
            var (result, consumer) = await FollowAsync(stages, ending.Token);
            Show(result, consumer);
            if (options.Json is { } path)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, DemoJson.Default.DemoResult) + "\n", cancellationToken);
            return result.Verifier;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <exception cref="FatalException">Nothing was sent, so that nothing was shown.</exception>
    internal static void RequireMessages(ProducerReport producer)
    {
        if (producer.Messages == 0)
            throw new FatalException("producer sent no message: Producer:Source or Producer:Messages leaves it none, and a demo needs at least one.");
    }

    private async Task<(DemoResult Result, ConsumerReport Consumer)> FollowAsync(DemoStages stages, CancellationToken cancellationToken)
    {
        await using IProgressDisplay display = console.IsLive() ? new TerminalProgress(console) : new PlainProgress(console, time);
        ServiceFollower Follow(ProjectResource service)
        {
            var follower = new ServiceFollower(service, notifications, console, display);
            _ = follower.FollowAsync(logs, cancellationToken);
            return follower;
        }

        var (seeding, producing, consuming, verifying) = (Follow(stages.Seeder), Follow(stages.Producer), Follow(stages.Consumer), Follow(stages.Verifier));
        var seeder = await CompleteAsync(stages.Seeder, seeding, ReportJson.Default.SeederReport, cancellationToken);
        var producer = await CompleteAsync(stages.Producer, producing, ReportJson.Default.ProducerReport, cancellationToken);
        RequireMessages(producer);
        consuming.ExpectedTotal = producer.Messages;
        var consumer = await CompleteAsync(stages.Consumer, consuming, ReportJson.Default.ConsumerReport, cancellationToken);
        var verifier = await CompleteAsync(stages.Verifier, verifying, ReportJson.Default.VerifierReport, cancellationToken, mayFindFault: true);
        return (DemoResult.From(serversInfo, watch.Elapsed, seeder, producer, consumer, verifier), consumer);
    }

    private async Task<T> CompleteAsync<T>(
        ProjectResource service, ServiceFollower follower, JsonTypeInfo<T> type, CancellationToken cancellationToken, bool mayFindFault = false)
    {
        var end = await notifications.WaitForResourceAsync(
            service.Name, update => KnownResourceStates.TerminalStates.Contains(update.Snapshot.State?.Text), cancellationToken);
        if (end.Snapshot is not { ExitCode: 0 } && !(mayFindFault && end.Snapshot.ExitCode is not null))
            throw await failures.ExplainAsync(service, ServiceFailures.Outcome(end.Snapshot), cancellationToken);

        try
        {
            var json = await follower.Report.WaitAsync(s_lastLinesTimeout, cancellationToken);
            return JsonSerializer.Deserialize(json, type) ?? throw new FatalException($"{service.Name}: its report is empty.");
        }
        catch (TimeoutException)
        {
            throw await failures.ExplainAsync(service, "it ended without a report", cancellationToken);
        }
    }

    private void Show(DemoResult result, ConsumerReport consumer)
    {
        console.Write(DemoTables.Offsets(result.Producer.Offsets));
        console.Write(DemoTables.Verification(result.Verifier));
        console.Write(DemoTables.Comparison(result, consumer, watch.SetUp));
    }
}
