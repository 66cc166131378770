using System.Text;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.RawMessages;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Security;

/// <summary>What is larger than anything that a charge can be.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class SizeLimitTests(RunningServers servers) : IDisposable
{
    private const int LargeKey = 100_000;
    private const int LargeMessage = 900_000;
    private const int LongLine = 3_000_000;

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_message_is_a_dead_letter_as_a_whole_and_the_stream_goes_on()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        (byte[]? Key, byte[]? Value)[] large =
        [
            (Utf8("1000000"), Filled(LargeMessage)),
            (Filled(LargeMessage), Utf8("rubbish")),
            (Filled(LargeKey), Utf8("rubbish")),
        ];

        await scenario.ProduceAsync([.. large, (Filled(LargeKey), Utf8(Message(FirstUser, 1, Noon))), (null, Utf8(Message(FirstUser + 1, 2, Noon)))]);
        await scenario.ConsumeAsync();

        Assert.Equal(["1000000 2017-01-12 1", "1000001 2017-01-12 2"], await scenario.ChargesAsync());
        Assert.Equal(
            large.Select(m => Describe(m.Key, m.Value)).Order(),
            scenario.ReadRawDeadLetters(large.Length).Select(deadLetter => Describe(deadLetter.Key, deadLetter.Value)).Order());
    }

    [Fact]
    public async Task A_message_that_is_too_large_with_the_reason_beside_it_is_a_dead_letter_cut_short_that_says_so()
    {
        Assert.SkipUnless(servers.HasHeaders, "A broker without headers takes as a dead letter whatever it took as a message.");
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        var value = Filled(1_048_450);

        await scenario.ProduceAsync((Utf8("key"), value), (null, Utf8(Message(FirstUser, 1, Noon))));
        await scenario.ConsumeAsync();

        var deadLetter = scenario.ReadRawDeadLetters(1)[0];
        Assert.Equal("1048453", Encoding.UTF8.GetString(deadLetter.Headers.GetLastBytes("original.size")));
        Assert.Equal("key", Encoding.UTF8.GetString(deadLetter.Key!));
        Assert.InRange(deadLetter.Value!.Length, 1, 10_000);
        Assert.Equal(value[..deadLetter.Value.Length], deadLetter.Value);
        Assert.Single(await scenario.ChargesAsync());
    }

    [Theory]
    [InlineData("Fail", 1, 1)]
    [InlineData("Skip", 0, 2)]
    public async Task A_line_without_an_end_is_malformed_by_its_number_and_takes_no_memory(string onMalformed, int exitCode, int messages)
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        await File.WriteAllTextAsync(
            _file, $"{Message(FirstUser, 1, Noon)}\n{Message(FirstUser + 1, 2, Noon)}{(onMalformed == "Skip" ? "\n" : null)}{new string('7', LongLine)}", Cancellation);

        await using var run = InProcessService.Start("producer", [.. scenario.Settings, new("Producer__Source", _file), new("Producer__OnMalformed", onMalformed)]);

        Assert.Equal(exitCode, await run.ExitCodeAsync(Cancellation));
        Assert.Single(run.Log, line => line.Contains($"{_file}, line {messages + 1}", StringComparison.Ordinal));
        Assert.All(run.Log, line => Assert.InRange(line.Length, 0, 1_000));
        Assert.Contains(run.Log, line => line.Contains($"\"messages\":{messages}", StringComparison.Ordinal) || exitCode != 0);
    }

    public void Dispose() => File.Delete(_file);

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
