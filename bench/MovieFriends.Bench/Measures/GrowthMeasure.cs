using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Bench.Measures;

/// <summary>The consumer's rate as the graph grows. The graph stays as large as it is in the end.</summary>
internal sealed class GrowthMeasure : IMeasure
{
    private static readonly int[] s_factors = [1, 3];

    public string Name => "growth";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var series = new List<Series>();
        foreach (var factor in s_factors.Where(factor => factor < environment.Options.Factor).Append(environment.Options.Factor))
            series.Add(await MeasureAsync(environment, environment.Options.GraphUsers * factor, cancellationToken));
        await environment.Charges.ClearAsync(cancellationToken);
        var ratios = series.Skip(1).Select(larger => Ratio.Of(larger, series[0])).ToList();
        return new MeasureReport(
            Name,
            "Charges per second over a backlog of always as many messages, with more and more users in the graph.",
            "charges/s",
            series,
            ratios,
            [
                string.Create(CultureInfo.InvariantCulture, $"With {environment.Options.Factor} times as many users the consumer has {ratios[^1].Value:0%} of its rate."),
                "The users of the charges are spread over the whole graph.",
                "A graph only grows: all rounds with one size come before those with the next, and what else changed on the machine meanwhile is in the ratios.",
            ]);
    }

    private static async Task<Series> MeasureAsync(BenchEnvironment environment, long users, CancellationToken cancellationToken)
    {
        environment.Journal.Write($"{users:N0} users");
        await environment.RunAsync("seeder", ReportJson.Default.SeederReport, [new("Seeder__Users", users.ToString(CultureInfo.InvariantCulture))], cancellationToken);
        var topic = await FreshTopic.CreateAsync(environment.Variables, "growth", environment.Partitions, cancellationToken);
        var backlog = await SpreadBacklog.FillAsync(environment, topic, environment.Options.Messages, users, cancellationToken);
        var consumer = new ProductConsumer(environment, string.Create(CultureInfo.InvariantCulture, $"{users:N0} users"), topic.Settings);
        var samples = new List<Sample>();
        for (var round = environment.Options.FirstRound; round <= environment.Options.Rounds; round++)
        {
            await environment.Charges.ClearAsync(cancellationToken);
            var sample = await consumer.RunAsync(cancellationToken);
            await environment.Charges.RequireAsync(backlog.Totals, $"a round with {users:N0} users");
            environment.Journal.Write($"{(round == 0 ? "warm-up" : $"round {round}")}: {sample.Value:N0} in {sample.Seconds:0.00} s");
            if (round > 0)
                samples.Add(sample);
        }

        await topic.DeleteAsync(environment.Variables);
        return new Series(consumer.Name, samples);
    }
}
