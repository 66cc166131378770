using Confluent.Kafka.Admin;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.UnitTests;
using Xunit;

namespace MovieFriends.IntegrationTests.Security;

/// <summary>The rights that docs/security.md says each service needs, on a broker that looks at them.</summary>
[Collection(nameof(SharesSecureServers))]
public sealed class RightsTests(RunningServers plain, SecureServers servers)
{
    private const string User = "Aspire:Confluent:Kafka:Config:SaslUsername";

    // The client's list ends before it.
    private const ResourceType Transaction = (ResourceType)5;
    private const string Soon = "Kafka:RefusalTimeout=00:00:01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_documented_rights_every_service_does_its_work()
    {
        await using var scenario = await StartAsync();
        foreach (var service in new[] { "producer", "consumer", "verifier", "replayer" })
            await GrantAsync(scenario, service, Documented(service));

        await scenario.RunAsync("producer", $"{User}=producer", "Producer:Messages=20", "Producer:Users=20");
        await scenario.ProduceAsync("rubbish");
        var consumed = await scenario.RunAsync("consumer", $"{User}=consumer", "Consumer:StopAt=End");
        var verified = await scenario.RunAsync("verifier", $"{User}=verifier");
        var replayed = await scenario.RunAsync("replayer", $"{User}=replayer", "Replayer:Apply=true");
        var moved = await scenario.RunAsync("replayer", $"{User}=replayer", "Replayer:Mode=Rewind", "Replayer:ToOffset=0", "Replayer:Apply=true");

        Assert.Equal((20, 1), (consumed.GetProperty("created").GetInt64(), consumed.GetProperty("deadLettered").GetInt64()));
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal(1, replayed.GetProperty("putBack").GetInt64());
        Assert.Equal(21, moved.GetProperty("readAgain").GetInt64());
    }

    [Theory]
    [InlineData("producer")]
    [InlineData("consumer")]
    public async Task Who_may_not_create_a_missing_topic_hears_of_the_right_and_of_the_way_without(string service)
    {
        await using var scenario = await StartAsync(create: false);

        await using var run = scenario.Start(service, $"{User}=guest");

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        var line = Assert.Single(run.Log, line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.Contains($"creating topic {scenario.Topic}", line, StringComparison.Ordinal);
        Assert.Contains("takes the right CREATE", line, StringComparison.Ordinal);
        Assert.Contains("Topics:Create=false", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Topics:Charges", "Read", "reading topic {0} in group moviefriends")]
    [InlineData("Consumer:GroupId", "Read", "reading topic {0} in group moviefriends")]
    [InlineData("Topics:DeadLetters", "Read", "where topic {0}.dead-letter stands")]
    [InlineData("Topics:DeadLetters", "Write", "sending dead letters to topic {0}.dead-letter")]
    public async Task A_consumer_without_one_of_its_rights_ends_with_a_line_that_says_what_it_was_at(string resource, string operation, string what)
    {
        await using var scenario = await StartAsync();
        await GrantAsync(scenario, "consumer", Documented("consumer").Select(right => right.Resource.EndsWith(resource, StringComparison.Ordinal) && right.Operation == operation
            ? (right.Resource, "Describe")
            : right));

        // What a consumer that was killed has sent is looked for from the second start on.
        await scenario.ProduceAsync("rubbish");
        await scenario.RunAsync("consumer", "Consumer:StopAt=End");
        await scenario.ProduceAsync("rubbish");
        await scenario.RunAsync("replayer", "Replayer:Mode=Rewind", "Replayer:ToOffset=0", "Replayer:Apply=true");
        await using var run = scenario.Start("consumer", $"{User}=consumer", Soon);

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        var line = Assert.Single(run.Log, line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.Contains($"Kafka refuses ({string.Format(System.Globalization.CultureInfo.InvariantCulture, what, scenario.Topic)})", line, StringComparison.Ordinal);
        Assert.Contains("docs/security.md", line, StringComparison.Ordinal);
    }

    private async Task<Scenario> StartAsync(bool create = true)
    {
        Assert.SkipUnless(plain.HasHeaders, "Brokers of 2017 have another authoriser; the AppHost does not set it up.");
        var scenario = await Scenario.StartAsync(servers.Environment, users: 20, Cancellation);
        using var admin = servers.Admin();
        var old = await admin.DescribeAclsAsync(new AclBindingFilter { PatternFilter = new() { Type = ResourceType.Any, ResourcePatternType = ResourcePatternType.Any }, EntryFilter = new() { Operation = AclOperation.Any, PermissionType = AclPermissionType.Any } });
        if (old.AclBindings.Count > 0)
            await admin.DeleteAclsAsync(old.AclBindings.Select(acl => acl.ToFilter()));
        if (create)
            await admin.CreateTopicsAsync([new() { Name = scenario.Topic, NumPartitions = 2 }, new() { Name = scenario.DeadLetters, NumPartitions = 2 }]);
        return scenario;
    }

    private static IEnumerable<(string Resource, string Operation)> Documented(string service) =>
        DocumentTable.Read("security.md", "| service | resource | operations |")
            .Where(row => row[0] == service)
            .SelectMany(row => row[2].Split(", ").Select(operation => (row[1], operation)));

    private async Task GrantAsync(Scenario scenario, string user, IEnumerable<(string Resource, string Operation)> rights)
    {
        using var admin = servers.Admin();
        await admin.CreateAclsAsync(rights.Select(right => new AclBinding
        {
            Pattern = Pattern(scenario, right.Resource),
            Entry = new() { Principal = $"User:{user}", Host = "*", Operation = Enum.Parse<AclOperation>(right.Operation), PermissionType = AclPermissionType.Allow },
        }));
    }

    private static ResourcePattern Pattern(Scenario scenario, string resource)
    {
        var (kind, name) = resource.Split(' ') is [var first, var second] ? (first, second) : throw new FormatException(resource);
        return new()
        {
            Type = kind switch { "topic" => ResourceType.Topic, "group" => ResourceType.Group, "transaction" => Transaction, _ => throw new FormatException(resource) },
            Name = name
                .Replace("Topics:Charges", scenario.Topic, StringComparison.Ordinal)
                .Replace("Topics:DeadLetters", scenario.DeadLetters, StringComparison.Ordinal)
                .Replace("Consumer:GroupId", "moviefriends", StringComparison.Ordinal),
            ResourcePatternType = ResourcePatternType.Literal,
        };
    }
}
