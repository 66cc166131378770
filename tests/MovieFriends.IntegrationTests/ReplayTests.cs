using Confluent.Kafka;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>Dead letters are put back, each original once, whatever happens meanwhile.</summary>
public sealed class ReplayTests(RunningServers servers)
{
    private const string Apply = "Replayer:Apply=true";
    private const string OneByOne = "Replayer:MessagesPerTransaction=1";
    private const string NoHeaders = "The broker keeps no headers: a dead letter does not say where it came from.";

    private const int Partitions = 4;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_says_what_would_go_and_sends_nothing()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        await using var scenario = await WithDeadLettersAsync("rubbish", Message(77, 7, Noon), Message(78, 8, Noon));
        using var topics = new TopicProbe(servers);

        var report = await scenario.RunAsync("replayer");

        Assert.False(report.GetProperty("applied").GetBoolean());
        Assert.Equal(3, report.GetProperty("putBack").GetInt64());
        Assert.Equal(
            ["malformed 1 0 0 1 1", "unknown_user 2 0 0 2 2"],
            report.GetProperty("types").EnumerateArray().Select(t => string.Join(' ', t.EnumerateObject().Select(p => p.Value.ToString()))));
        Assert.Equal(4, topics.Read(scenario.Topic).Count);
        Assert.Equal(3, topics.Read(scenario.DeadLetters).Count);
    }

    [Fact]
    public async Task Each_original_goes_back_once_though_its_letter_is_there_twice_and_the_replay_runs_again()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        await using var scenario = await WithDeadLettersAsync("rubbish", Message(77, 7, Noon), Message(78, 8, Noon));
        using var topics = new TopicProbe(servers);
        await DoubleDeadLettersAsync(scenario, topics, partitionsAhead: 1);

        var first = await scenario.RunAsync("replayer", Apply);
        await DoubleDeadLettersAsync(scenario, topics, partitionsAhead: 2);
        var second = await scenario.RunAsync("replayer", Apply);

        Assert.Equal(3, first.GetProperty("putBack").GetInt64());
        Assert.Equal(0, second.GetProperty("putBack").GetInt64());
        Assert.Equal(
            new[] { "rubbish", "rubbish", Message(77, 7, Noon), Message(77, 7, Noon), Message(78, 8, Noon), Message(78, 8, Noon) }.Order(),
            topics.Read(scenario.Topic).Select(m => m.Message.Value).Where(v => v != Message(FirstUser, 1, Noon)).Order());
        Assert.All(
            topics.Read(scenario.Topic).GroupBy(m => m.Message.Value).Where(g => g.Count() == 2),
            g => Assert.Single(g.Select(m => (m.Partition, m.Message.Key)).Distinct()));
    }

    [Fact]
    public async Task Only_letters_of_the_error_type_go_and_the_others_can_go_later()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        await using var scenario = await WithDeadLettersAsync("rubbish", Message(77, 7, Noon), "worse");
        using var topics = new TopicProbe(servers);

        var unknown = await scenario.RunAsync("replayer", Apply, "Replayer:ErrorType=unknown_user");
        var values = topics.Read(scenario.Topic).ConvertAll(m => m.Message.Value);
        var others = await scenario.RunAsync("replayer", Apply);

        Assert.Equal(1, unknown.GetProperty("putBack").GetInt64());
        Assert.Equal(2, values.Count(v => v == Message(77, 7, Noon)));
        Assert.Equal(1, values.Count(v => v == "rubbish"));
        Assert.Equal(2, others.GetProperty("putBack").GetInt64());
        Assert.Equal(7, topics.Read(scenario.Topic).Count);
    }

    [Fact]
    public async Task Once_the_user_is_known_a_replay_brings_the_charge_into_the_graph()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        await using var scenario = await WithDeadLettersAsync("rubbish", Message(77, 7, Noon), Message(78, 8, Noon));
        await scenario.QueryAsync("CREATE (:User {userId: 77})");

        await scenario.RunAsync("replayer", Apply);
        var report = await scenario.ConsumeAsync();

        Assert.Equal(1, report.GetProperty("created").GetInt64());
        Assert.Equal(2, report.GetProperty("deadLettered").GetInt64());
        Assert.Equal(["77 2017-01-12 7", "1000000 2017-01-12 1"], await scenario.ChargesAsync());
        await scenario.VerifyAsync();
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task A_replay_that_is_killed_in_the_middle_is_continued_without_loss_or_double()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        var values = Enumerable.Range(0, 1_000).Select(i => Message(77 + i, i, Noon)).ToArray();
        await using var scenario = await WithDeadLettersAsync(values);
        using var topics = new TopicProbe(servers);

        await using (var first = scenario.StartProcess("replayer", Apply, OneByOne))
        {
            await SomeArePutBackAsync(scenario, topics, values.Length);
            first.Kill();
            await first.ExitCodeAsync(Cancellation);
        }

        var half = topics.Read(scenario.Topic).Count - values.Length - 1;
        var report = await scenario.RunAsync("replayer", Apply);

        Assert.InRange(half, 1, values.Length - 1);
        Assert.Equal(values.Length - half, report.GetProperty("putBack").GetInt64());
        EachTwice(topics.Read(scenario.Topic), values);
        await scenario.ConsumeAsync();
        await scenario.VerifyAsync();
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task Of_two_replays_at_once_the_later_one_goes_on_and_the_earlier_one_ends_with_a_line()
    {
        Assert.SkipUnless(servers.HasHeaders, NoHeaders);
        var values = Enumerable.Range(0, 1_000).Select(i => Message(77 + i, i, Noon)).ToArray();
        await using var scenario = await WithDeadLettersAsync(values);
        using var topics = new TopicProbe(servers);

        await using var first = scenario.Start("replayer", Apply, OneByOne);
        await SomeArePutBackAsync(scenario, topics, values.Length);
        var second = await scenario.RunAsync("replayer", Apply);

        Assert.Equal(1, await first.ExitCodeAsync(Cancellation));
        await first.LineAsync("Another replay of", Cancellation);
        Assert.InRange(second.GetProperty("putBack").GetInt64(), 1, values.Length - 1);
        EachTwice(topics.Read(scenario.Topic), values);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Without_headers_a_replay_is_refused_with_the_reason()
    {
        await using var scenario = await StartAsync(servers, users: 0, Cancellation);

        await using var run = scenario.Start("replayer", "Topics:Headers=false");

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        await run.LineAsync("the broker keeps no headers (Topics:Headers=false)", Cancellation);
    }

    [Theory]
    [InlineData("Replayer:ErrorType=other", "must be malformed, unknown_user or refused")]
    [InlineData("Replayer:Mode=Rewind", "either ToTime or ToOffset")]
    public async Task A_setting_that_makes_no_sense_is_refused(string setting, string reason)
    {
        await using var scenario = await StartAsync(servers, users: 0, Cancellation);

        await using var run = scenario.Start("replayer", setting);

        Assert.Equal(2, await run.ExitCodeAsync(Cancellation));
        await run.LineAsync(reason, Cancellation);
    }

    [Fact]
    public async Task Marks_and_undone_messages_of_transactions_are_no_messages_for_consumer_and_verifier()
    {
        Assert.SkipUnless(servers.HasHeaders, "The broker has no transactions.");
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await scenario.ConsumeAsync();
        using var topics = new TopicProbe(servers);

        topics.AppendTransaction(scenario.Topic, commit: false, Enumerable.Range(0, 8).Select(i => Message(FirstUser + i, 66, Noon + i)));
        topics.AppendTransaction(scenario.Topic, commit: true, Enumerable.Range(1, 4).Select(i => Message(FirstUser + i, i, Noon)));
        topics.AppendTransaction(scenario.Topic, commit: false, Enumerable.Range(0, 8).Select(i => Message(FirstUser + i, 77, Noon + i)));
        var consumed = await scenario.ConsumeAsync();
        var verified = await scenario.VerifyAsync();

        Assert.Equal(4, consumed.GetProperty("messages").GetInt64());
        Assert.Equal(5, verified.GetProperty("found").GetInt64());
        Assert.Equal(0, verified.GetProperty("lag").GetInt64());
    }

    /// <summary>One good message and some that become dead letters, consumed.</summary>
    private async Task<Scenario> WithDeadLettersAsync(params IEnumerable<string> bad)
    {
        var scenario = await StartAsync(servers, users: 10, Cancellation);
        await scenario.ProduceAsync([Message(FirstUser, 1, Noon), .. bad]);
        var report = await scenario.ConsumeAsync();
        Assert.Equal(report.GetProperty("messages").GetInt64() - 1, report.GetProperty("deadLettered").GetInt64());
        return scenario;
    }

    /// <summary>Sends every dead letter again, to another partition than its own.</summary>
    private static Task DoubleDeadLettersAsync(Scenario scenario, TopicProbe topics, int partitionsAhead) => topics.AppendAsync(
        topics.Read(scenario.DeadLetters)
            .Where(deadLetter => deadLetter.Message.Headers.TryGetLastBytes("source.topic", out _))
            .Select(deadLetter => (new TopicPartition(scenario.DeadLetters, (deadLetter.Partition.Value + partitionsAhead) % Partitions), deadLetter.Message)));

    private static Task<string> SomeArePutBackAsync(Scenario scenario, TopicProbe topics, int deadLetters) => Wait.UntilAsync(
        "some dead letters are put back",
        s_timeout,
        () => Task.FromResult(topics.Read(scenario.Topic).Count > deadLetters + 20 ? "yes" : null),
        Cancellation);

    private static void EachTwice(List<ConsumeResult<string, string>> messages, string[] values)
    {
        var counts = messages.GroupBy(m => m.Message.Value).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(values, value => Assert.Equal(2, counts[value]));
        Assert.Equal((2 * values.Length) + 1, messages.Count);
    }
}
