using MovieFriends.Bench.Candidates;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class PerfTestResultTests
{
    [Fact]
    public void The_last_line_of_kafka_4_tells_of_the_whole_run() => Assert.Equal(
        new PerfTestResult(4_000_000, 512_345.678901),
        PerfTestResult.Parse(
            """
            2561234 records sent, 512246.8 records/sec (18.56 MB/sec), 12.3 ms avg latency, 345.0 ms max latency.
            4000000 records sent, 512345.678901 records/sec (18.57 MB/sec), 11.25 ms avg latency, 345.00 ms max latency, 3 ms 50th, 40 ms 95th, 200 ms 99th, 300 ms 99.9th.

            """));

    [Fact]
    public void So_does_that_of_kafka_0_9() => Assert.Equal(
        new PerfTestResult(50_000, 61_349.693252),
        PerfTestResult.Parse("50000 records sent, 61349.693252 records/sec (2.22 MB/sec), 187.71 ms avg latency, 404.00 ms max latency, 210 ms 50th, 370 ms 95th, 400 ms 99th, 403 ms 99.9th.\n"));

    [Fact]
    public void A_run_that_was_cut_short_has_no_figures()
    {
        const string Output = "2561234 records sent, 512246.8 records/sec (18.56 MB/sec), 12.3 ms avg latency, 345.0 ms max latency.\n";

        Assert.Contains("2561234", Assert.Throws<FormatException>(() => PerfTestResult.Parse(Output)).Message, StringComparison.Ordinal);
    }
}
