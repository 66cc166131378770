using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class BenchMarkdownTests
{
    [Fact]
    public void The_report_says_under_which_circumstances_what_came_out_and_how_it_spreads()
    {
        var old = new Series("old", [Sample(1_000, 2), Sample(1_200, 3), Sample(1_100, 2.5)]);
        var young = new Series("new", [Sample(2_000, null), Sample(2_400, null), Sample(2_750, null)]);
        var report = new BenchReport(
            "4.3.1", "5.26.25", 2, 4, 1_000_000, 1_000_000, 5_000, 3,
            [new MeasureReport("race", "Who is faster.", "charges/s", [old, young], [Ratio.Of(young, old)], ["The new one."])]);

        Assert.Equal(
            """
            # Benchmarks

            Kafka 4.3.1, Neo4j 5.26.25, 2 processors for everything; 1,000,000 messages in 4 partitions, 1,000,000 users, batches of up to 5,000; 3 rounds after one to warm up.

            ## race

            Who is faster.

            |  | charges/s, median | lowest to highest | processor time | over all rounds |
            | --- | --- | --- | --- | --- |
            | old | 1,100 | 1,000 to 1,200 | 2.5 s (2.0 to 3.0) | batches 3,000 |
            | new | 2,400 | 2,000 to 2,750 |  | batches 3,000 |

            | ratio | of the medians | in one round |
            | --- | --- | --- |
            | new to old | 2.182 | 2.000 to 2.500 |

            ![race](race.svg)

            - The new one.

            """,
            BenchMarkdown.Render(report));
    }

    private static Sample Sample(double value, double? processorSeconds) =>
        new(value, 1, processorSeconds, new Dictionary<string, long> { ["batches"] = 1_000 });
}
