using System.Diagnostics;
using System.Globalization;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What tests do by way of the graph: look for owners in the ledger, add and drop constraints.</summary>
internal static class LedgerProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Ends, without any warning, the process that the ledger names, once it has written enough.</summary>
    public static async Task KillOwnerOfLedgerAsync(this Scenario scenario, int afterCharges, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(
            $"{afterCharges} charges are in the graph",
            s_patience,
            async () => (await scenario.QueryAsync("MATCH (c:DailyCharge) RETURN count(c) AS n"))[0]["n"].As<int>() >= afterCharges ? "yes" : null,
            cancellationToken);
        var owner = (await scenario.OwnersAsync()).Single();
        using var process = Process.GetProcessById(int.Parse(owner.Split('/')[1], CultureInfo.InvariantCulture));
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until so many consumers have moved the ledger.</summary>
    public static Task OwnersOfLedgerAsync(this Scenario scenario, int count, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"the ledger has {count} owners",
        s_patience,
        async () => (await scenario.OwnersAsync()).Count >= count ? "yes" : null,
        cancellationToken);

    /// <summary>Waits until two consumers have said that partitions were assigned to them.</summary>
    public static Task BothHavePartitionsAsync(this Scenario scenario, ServiceRun consumers, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"two consumers have partitions of {scenario.Topic}",
        s_patience,
        () => Task.FromResult(consumers.Log.Count(line => line.Contains("Partitions assigned: ", StringComparison.Ordinal) && char.IsAsciiDigit(line[^1])) >= 2 ? "yes" : null),
        cancellationToken);

    public static Task CreateConstraintAsync(this Scenario scenario, string label, string property) => scenario.RunEitherAsync(
        $"CREATE CONSTRAINT extra FOR (n:{label}) REQUIRE n.{property} IS UNIQUE",
        $"CREATE CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");

    public static Task DropConstraintAsync(this Scenario scenario, string label, string property) => scenario.RunEitherAsync(
        "DROP CONSTRAINT extra",
        $"DROP CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");

    private static async Task<HashSet<string>> OwnersAsync(this Scenario scenario)
    {
        var rows = await scenario.QueryAsync("MATCH (o:KafkaOffset) WHERE o.owner IS NOT NULL RETURN DISTINCT o.owner AS owner");
        return [.. rows.Select(row => row["owner"].As<string>())];
    }

    private static async Task RunEitherAsync(this Scenario scenario, string modern, string old)
    {
        try
        {
            await scenario.QueryAsync(modern);
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            await scenario.QueryAsync(old);
        }
    }
}
