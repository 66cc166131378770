using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Waits for one service after the other, shows how far each is, and collects their reports.</summary>
internal sealed class DemoReportCollector(
    ResourceNotificationService notifications, ResourceLoggerService logs, ServiceFailures failures, IAnsiConsole console, TimeProvider time)
{
    /// <summary>A service's last lines may come a moment after the news that it has ended.</summary>
    private static readonly TimeSpan s_lastLinesTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="FatalException">A service failed.</exception>
    public async Task<DemoReports> CollectAsync(DemoStages stages, CancellationToken cancellationToken)
    {
        await using IProgressDisplay display = console.IsLive() ? new TerminalProgress(console) : new PlainProgress(console, time);
        ServiceFollower Follow(ProjectResource service)
        {
            var follower = new ServiceFollower(service, notifications, console, display);
            _ = follower.FollowAsync(logs, cancellationToken);
            return follower;
        }

        var (seeding, producing, consuming, verifying) = (Follow(stages.Seeder), Follow(stages.Producer), Follow(stages.Consumer), Follow(stages.Verifier));
        var rentalProducing = stages.Rentals is null ? null : Follow(stages.Rentals);
        var seeder = await CompleteAsync(stages.Seeder, seeding, ReportStages.Seeded, ReportJson.Default.SeederReport, cancellationToken);
        var producer = await CompleteAsync(stages.Producer, producing, ReportStages.Produced, ReportJson.Default.ProducerReport, cancellationToken);
        RequireMessages(producer);
        consuming.Expect("consume", producer.Messages);
        var rentalProducer = rentalProducing is null
            ? null
            : await CompleteAsync(stages.Rentals!, rentalProducing, ReportStages.Produced, ReportJson.Default.ProducerReport, cancellationToken);
        consuming.Expect("consume rentals", rentalProducer?.Messages ?? 0);
        var consumer = await CompleteAsync(stages.Consumer, consuming, ReportStages.ConsumedCharges, ReportJson.Default.ConsumerReport, cancellationToken);
        var rentals = rentalProducer is null
            ? null
            : await CompleteAsync(stages.Consumer, consuming, ReportStages.ConsumedRentals, ReportJson.Default.RentalsReport, cancellationToken);
        var verifier = await CompleteAsync(stages.Verifier, verifying, ReportStages.Verified, ReportJson.Default.VerifierReport, cancellationToken, mayFindFault: true);
        return new(seeder, producer, consumer, verifier) { RentalProducer = rentalProducer, Rentals = rentals };
    }

    /// <exception cref="FatalException">Nothing was sent, so that nothing was shown.</exception>
    internal static void RequireMessages(ProducerReport producer)
    {
        if (producer.Messages == 0)
            throw new FatalException("producer sent no message: Producer:Source or Producer:Messages leaves it none, and a demo needs at least one.");
    }

    private async Task<T> CompleteAsync<T>(
        ProjectResource service, ServiceFollower follower, string stage, JsonTypeInfo<T> type, CancellationToken cancellationToken, bool mayFindFault = false)
    {
        var end = await notifications.WaitForResourceAsync(
            service.Name, update => KnownResourceStates.TerminalStates.Contains(update.Snapshot.State?.Text), cancellationToken);
        if (end.Snapshot is not { ExitCode: 0 } && !(mayFindFault && end.Snapshot.ExitCode is not null))
            throw await failures.ExplainAsync(service, ServiceFailures.Outcome(end.Snapshot), cancellationToken);

        try
        {
            var json = await follower.ReportAsync(stage).WaitAsync(s_lastLinesTimeout, cancellationToken);
            return JsonSerializer.Deserialize(json, type) ?? throw new FatalException($"{service.Name}: its report is empty.");
        }
        catch (TimeoutException)
        {
            throw await failures.ExplainAsync(service, "it ended without a report", cancellationToken);
        }
    }
}
