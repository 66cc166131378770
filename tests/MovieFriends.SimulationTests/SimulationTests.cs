using MovieFriends.Simulation;
using MovieFriends.Simulation.Planted;
using Xunit;

namespace MovieFriends.SimulationTests;

/// <summary>The engine in simulated worlds. A seed that fails here is told by <c>dotnet moviefriends.cs simulate --seed SEED</c>.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(10);

    [Fact]
    public void No_promise_is_broken_with_the_seeds_that_are_always_tried() => Judge(SeedRun.Run(1, 150, s_long));

    [Theory]
    [InlineData(10)] // Without a second look, a dead letter of a consumer that the group had given up was sent again.
    [InlineData(1031823)] // After a move of the ledger back, who took over in the middle did not find earlier dead letters of what was still to be read.
    [InlineData(50004683)] // Who still had the id of a topic that was deleted noted it in the ledger that another one had opened for the new topic, which then was read again.
    [InlineData(60028066)] // A dead letter of a deleted topic, stored late, was taken for that of the new topic's message at the same offset, which got none.
    [InlineData(2804)] // Without a limit to the transaction that opens the ledger, a consumer that hung in it kept its partition from others for good.
    public void A_fault_that_was_found_stays_mended(long seed) => Assert.Null(SimulatedWorld.Run(seed).Violation);

    [Fact]
    public void No_promise_is_broken_with_the_seeds_of_the_day() =>
        Judge(SeedRun.Run(DateTime.UtcNow.Date.Ticks / TimeSpan.TicksPerDay * 1_000_000, long.MaxValue / 2, s_short));

    [Fact]
    public void The_same_seed_gives_the_same_story_ten_times_also_beside_others()
    {
        var first = SimulatedWorld.Run(5, keepStory: true);
        Assert.True(first.Faults.Count > 0 && first.Commits > 0);

        var others = new Verdict[9];
        Parallel.For(0, others.Length, i => others[i] = SimulatedWorld.Run(5, keepStory: true));
        Assert.All(others, other => Assert.Equal(first.Story, other.Story));
        Assert.Equal(first.Fingerprint, SimulatedWorld.Run(5).Fingerprint);
    }

    [Fact]
    public void Looking_at_a_world_for_a_report_changes_nothing_in_it()
    {
        var recording = new Recording();
        var watched = SimulatedWorld.Run(5, keepStory: true, recording: recording);
        var report = recording.Report(watched, "line");

        Assert.Equal(SimulatedWorld.Run(5).Fingerprint, watched.Fingerprint);
        Assert.Equal(watched.Faults.Count, report.Faults.Count);
        Assert.Equal(0, report.Samples[^1].Lag);
        Assert.Contains(report.Samples, sample => sample.Owners.Count > 0);
    }

    [Fact]
    public void Another_seed_gives_another_story() =>
        Assert.NotEqual(SimulatedWorld.Run(5).Fingerprint, SimulatedWorld.Run(6).Fingerprint);

    [Theory]
    [InlineData("endless stop")]
    [InlineData("lost timer")]
    public void A_seed_that_fails_is_shrunk_to_fewer_faults_that_break_the_same_promise_again_by_the_line_that_is_told(string name)
    {
        var plant = Plants.Named(name);
        var whole = SeedRun.Run(plant().From, 300, s_long, plant).Failed!;
        var shrinker = SeedRun.OnLargeStack(() => Shrinker.Shrink(whole, s_long, plant, runs: 60));
        var smallest = shrinker.Smallest;
        output.WriteLine($"Seed {whole.Seed}: {shrinker.Summary}{smallest.Variant.Options}");
        Assert.True(smallest.Faults.Count < whole.Faults.Count, shrinker.Summary);
        Assert.Equal(whole.Broken, smallest.Broken);

        var options = smallest.Variant.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var again = SeedRun.OnLargeStack(() => SimulatedWorld.Run(whole.Seed, plant(), variant: Variant.Parse(options)));
        Assert.Equal((smallest.Violation, smallest.Fingerprint), (again.Violation, again.Fingerprint));
    }

    [Theory]
    [InlineData("--messages", "0")]
    [InlineData("--without", "1,,2")]
    [InlineData("--faults", "many")]
    public void A_variant_that_makes_no_sense_is_refused(string option, string value) =>
        Assert.Contains(option, Assert.Throws<FormatException>(() => Variant.Parse(new Dictionary<string, string> { [option] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_planted_fault_is_found_within_its_number_of_seeds()
    {
        var missed = new List<string>();
        output.WriteLine("| planted fault | found by seed | as |");
        output.WriteLine("|---|---|---|");
        foreach (var plant in Plants.Create())
        {
            var found = SeedRun.Run(plant.From, plant.Seeds - plant.From + 1, s_long, () => Plants.Create().Single(other => other.Name == plant.Name)).Failed;
            output.WriteLine($"| {plant.What} | {found?.Seed.ToString() ?? "none"} | {found?.Violation} |");
            if (found is null)
                missed.Add($"{plant.Name}: where is it found now? dotnet moviefriends.cs simulate --minutes 5 --plant \"{plant.Name}\"");
        }

        Assert.Empty(missed);
    }

    private void Judge(SeedRun run)
    {
        output.WriteLine(run.Summary());
        Assert.NotEmpty(run.Verdicts);
        if (run.Failed is not { } failed)
            return;
        var shrinker = SeedRun.OnLargeStack(() => Shrinker.Shrink(failed, s_short));
        Assert.Fail($"Seed {failed.Seed}: {failed.Violation}. {shrinker.Summary} Its story: dotnet moviefriends.cs simulate --seed {failed.Seed}{shrinker.Smallest.Variant.Options}");
    }
}
