using System.Globalization;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Reports;
using MovieFriends.Simulation.Broker;

namespace MovieFriends.Simulation;

/// <summary>
/// Looks at a world once in each interval of its time, for the report. It looks after steps that are taken anyway: a timer of its own would change what
/// the seed draws.
/// </summary>
internal sealed class Recording
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly List<RunSample> _samples = [];
    private SimulatedWorld? _world;
    private TimeSpan _next;

    /// <summary>A step was taken.</summary>
    public void Look(SimulatedWorld world)
    {
        _world = world;
        if (world.Scheduler.Elapsed < _next)
            return;
        _samples.Add(Sample(world));
        _next = world.Scheduler.Elapsed + s_interval;
    }

    /// <summary>What came out, once it is over.</summary>
    /// <param name="verdict">What came out.</param>
    /// <param name="line">The command line that repeats the run.</param>
    public RunReport Report(Verdict verdict, string line)
    {
        var world = _world ?? throw new InvalidOperationException("Nothing was recorded.");
        var scenario = world.Scenario;
        return new RunReport
        {
            Title = Text($"Simulated world of seed {verdict.Seed}"),
            About = Text($"{verdict.Time.TotalSeconds:0.0} simulated seconds, {Count(scenario.Processes, "process", "es")}, {Count(world.Broker.Partitions.Count, "partition", "s")}, {(scenario.IsEager ? "eager" : "cooperative")} rebalances."),
            Command = $"{line} --report FILE.md",
            IsGood = verdict.Violation is null,
            Verdict = verdict.Violation is null ? "No promise was broken." : $"{verdict.Violation}.",
            Length = verdict.Time,
            FaultsUntil = scenario.Time,
            Clock = "simulated time",
            Faults = world.Story.Spans,
            Samples = [.. _samples, Sample(world)],
            OwnersAre = "as the group gave them to processes; empty: nobody",
            Counts =
            [
                ("faults", Text($"{verdict.Faults.Count:N0}")),
                ("processes started", Text($"{world.Started:N0}")),
                ("messages of the topic", Text($"{world.Broker.Partitions.Sum(log => log.High):N0}")),
                ("messages written", Text($"{verdict.Messages:N0}")),
                ("dead letters", Text($"{Enumerable.Range(0, BrokerServer.DeadLetterPartitions).Sum(partition => world.Broker.DeadLetters(partition).Count):N0}")),
                ("dead letters twice, where the broker stored one late", Text($"{verdict.ExcusedDoubles:N0}")),
                ("commits", Text($"{verdict.Commits:N0}")),
                ("rebalances", Text($"{verdict.Rebalances:N0}")),
                ("deadlocks", Text($"{verdict.Deadlocks:N0}")),
                ("steps", Text($"{verdict.Steps:N0}")),
            ],
        };
    }

    private static RunSample Sample(SimulatedWorld world)
    {
        var (settled, lag) = (0L, 0L);
        for (var partition = 0; partition < world.Broker.Partitions.Count; partition++)
        {
            var next = world.Graph.Ledger.GetValueOrDefault(LedgerNames.IdOf(BrokerServer.Topic, partition))?.NextOffset ?? 0;
            settled += next;
            lag += Math.Max(world.Broker.Partitions[partition].High - next, 0);
        }

        return new RunSample(world.Scheduler.Elapsed, settled, lag, [.. world.Group.Members
            .SelectMany(member => member.Owned.Select(partition => (partition, member.Process.Name)))
            .OrderBy(owner => owner.partition).Select(owner => (Text($"partition {owner.partition}"), owner.Name))]);
    }

    private static string Count(int number, string what, string plural) => $"{Text($"{number}")} {what}{(number == 1 ? "" : plural)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
