using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.RawMessages;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Security;

/// <summary>What messages and settings say is data to the graph, whatever it looks like.</summary>
public sealed class HostileInputTests(RunningServers servers)
{
    private const string GraphAddress = "ConnectionStrings__graph";

    // None of them is a charge.
    private static readonly byte[][] s_hostile =
    [
        Utf8("1000000}) DETACH DELETE (n) //"),
        Utf8("1000000,1,1484222400}) MATCH (n) DETACH DELETE n //"),
        Utf8("1000000,1}) DETACH DELETE (n) //,1484222400"),
        Utf8("$userIds,$amounts,$times"),
        Utf8("1000000,$amounts[0],1484222400"),
        Utf8("'1000000','1','1484222400'"),
        Utf8("\"1000000\",\"1\",\"1484222400\""),
        Utf8("`1000000`,`1`,`1484222400`"),
        Utf8(@"\u0027) DETACH DELETE n //,1,1484222400"),
        Utf8("1000000\0,1,1484222400"),
        Utf8("1000000,1\0,1484222400"),
        Utf8("1000000,1,1484222400\0"),
        [0xC3, 0x28, 0x2C, 0xFF, 0xFE, 0x2C, 0x80],
        [0xEF, 0xBB, 0xBF, .. "1000000,1,1484222400"u8],
        Utf8("1000000,1e309,1484222400"),
        Utf8("1000000,Infinity,1484222400"),
        Utf8("1000000,NaN,1484222400"),
        Utf8("100000٣,1,1484222400"),
        Utf8("1000000,٣,1484222400"),
        Utf8("1_000_000,1,1484222400"),
        Utf8("1000000,1_000,1484222400"),
        Utf8("1000000,1,484,222,400"),
        Utf8("+1000000,1,1484222400"),
        Utf8("-1000000,1,1484222400"),
        Utf8("0xF4240,1,1484222400"),
        Utf8("1000000,0x10,1484222400"),
        Utf8(" 1000000,1,1484222400"),
        Utf8("1000000, 1,1484222400"),
        Utf8("1000000,1,1484222400 "),
        Utf8("1000000,1,1484222400\n"),
        Utf8("9223372036854775808,1,1484222400"),
        Utf8("1000000,1,1e300"),
        Utf8("{\"userId\":1000000}"),
        [],
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_message_cannot_become_Cypher_and_is_kept_byte_by_byte_as_a_dead_letter()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        var before = await GraphAsync(scenario);

        // As value and as key, with good ones in between; a key is not looked at.
        await scenario.ProduceAsync(s_hostile.Select(bytes => ((byte[]?)bytes, (byte[]?)bytes)));
        await scenario.ProduceAsync(s_hostile.Select((bytes, i) => ((byte[]?)bytes, (byte[]?)Utf8(Message(FirstUser + (i % 10), i, Noon + (i / 10 * Day))))));
        await scenario.ProduceAsync((null, Utf8("1000009,1e308,1300000000")), (null, Utf8("1000009,+1,1400000000")), (null, null));
        var report = await scenario.ConsumeAsync();

        Assert.Equal(s_hostile.Length + 1, report.GetProperty("deadLettered").GetInt64());
        Assert.Equal(
            s_hostile.Select(bytes => Describe(bytes, bytes)).Append(Describe(null, null)).Order(),
            scenario.ReadRawDeadLetters(s_hostile.Length + 1).Select(deadLetter => Describe(deadLetter.Key, deadLetter.Value)).Order());
        var charges = await scenario.ChargesAsync();
        Assert.Equal(s_hostile.Length + 2, charges.Count);
        Assert.Contains("1000009 2014-05-13 1", charges);
        Assert.Contains("1000009 2011-03-13 1E+308", charges);
        Assert.Equal(before, await GraphAsync(scenario));
        await scenario.VerifyAsync();
    }

    [Theory]
    [InlineData("Topics__Charges")]
    [InlineData("Topics__DeadLetters")]
    public async Task A_topics_name_that_is_none_is_refused_at_the_start(string setting)
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        await using var run = InProcessService.Start("consumer", [.. scenario.Settings, new(setting, "charges'}) DETACH DELETE (n) //")]);

        Assert.Equal(2, await run.ExitCodeAsync(Cancellation));
        Assert.Contains(run.Log, line => line.Contains(setting.Replace("__", ":", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_databases_name_cannot_become_Cypher()
    {
        Assert.SkipUnless(servers.HasHeaders, "Neo4j before 4 has one database, and no name for it.");
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        var before = await GraphAsync(scenario);

        var address = servers.Environment[GraphAddress] + ";Database=\"neo4j` MATCH (n) DETACH DELETE n //\"";
        await using var run = InProcessService.Start("seeder", [.. scenario.Settings, new(GraphAddress, address)]);

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        Assert.Single(run.Log, line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.Equal(before, await GraphAsync(scenario));
    }

    // All that is not a charge or the position of a consumer.
    private static async Task<List<string>> GraphAsync(Scenario scenario)
    {
        var rows = await scenario.QueryAsync(
            "MATCH (n) WHERE NOT n:DailyCharge AND NOT n:KafkaOffset OPTIONAL MATCH (n)-[r:KNOWS]->(m) "
            + "RETURN labels(n) AS labels, n.userId AS id, m.userId AS other ORDER BY id, other");
        return rows.ConvertAll(row => $"{string.Join(':', row["labels"].As<List<string>>())} {row["id"]} {row["other"]}");
    }
}
