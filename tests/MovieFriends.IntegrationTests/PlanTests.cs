using MovieFriends.Consumer.Charges;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Graph;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;
using MovieFriends.Replayer.Ledger;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>What the database would do for each statement of the steady state, in its own words.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class PlanTests(RunningServers servers)
{
    private static readonly GraphQuery[] s_statements =
    [
        LedgerStatements.Read,
        LedgerStatements.Open,
        LedgerStatements.Claim,
        ChargeStatements.Create,
        ChargeStatements.Update,
        ChargeStatements.FindKnownCharges,
        ChargeStatements.FindUnknownUsers,
        ChargeStatements.CreateUsers,
        RewindStatements.Read,
        RewindStatements.Move,
    ];

    public static TheoryData<string> Statements => [.. s_statements.Select(s => s.Summary).Distinct()];

    /// <summary>Statements that a new charge meets on its way.</summary>
    public static TheoryData<string> StatementsOfNewCharges => [ChargeStatements.Create.Summary, ChargeStatements.FindKnownCharges.Summary];

    [Theory, MemberData(nameof(Statements))]
    public async Task No_statement_scans(string summary)
    {
        foreach (var operators in await ExplainAsync(summary))
            Assert.DoesNotContain(operators, o => o.Contains("Scan", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(StatementsOfNewCharges))]
    public async Task No_statement_on_the_path_of_new_charges_is_eager(string summary)
    {
        foreach (var operators in await ExplainAsync(summary))
            Assert.DoesNotContain(operators, o => o.Contains("Eager", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<List<List<string>>> ExplainAsync(string summary)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, TestContext.Current.CancellationToken);
        await GraphSchema.EnsureAsync(scenario.Graph, database: null, GraphNames.Keys, TestContext.Current.CancellationToken);

        // Of a handful of nodes a scan is as good as a look-up, and the database may choose either.
        await scenario.QueryAsync("UNWIND range(1, 500) AS i MERGE (o:KafkaOffset {id: 'plans/' + toString(i)})");
        var plans = new List<List<string>>();
        foreach (var statement in s_statements.Where(s => s.Summary == summary))
        {
            await using var session = scenario.Graph.AsyncSession();

            // Not a plan that is kept of an earlier run of the statement.
            var cursor = await session.RunAsync($"EXPLAIN {statement.Text}\n// {Guid.NewGuid()}", Parameters());
            var operators = new List<string>();
            Collect((await cursor.ConsumeAsync()).Plan, operators);
            Assert.NotEmpty(operators);
            plans.Add(operators);
        }

        return plans;
    }

    private static void Collect(IPlan plan, List<string> operators)
    {
        operators.Add(plan.OperatorType);
        foreach (var child in plan.Children)
            Collect(child, operators);
    }

    private static Dictionary<string, object> Parameters() => new()
    {
        ["id"] = "charges/0",
        ["ids"] = new List<string> { "charges/0" },
        ["offsets"] = new List<long> { 0 },
        ["pastEnds"] = new List<bool> { false },
        ["startedOver"] = 0L,
        ["deadLetterEnds"] = new List<long> { 1 },
        ["owner"] = "nobody",
        ["from"] = 0L,
        ["to"] = 1L,
        ["nextOffset"] = 0L,
        ["topicId"] = string.Empty,
        ["now"] = 0.0,
        ["chargeIds"] = new List<long> { 1 },
        ["userIds"] = new List<long> { 1 },
        ["slices"] = OneCharge().Parameters["slices"]!,
    };

    private static ChargeColumns OneCharge()
    {
        var charges = new ChargeColumns();
        charges.Add(new Charge(1_000_000, 5.84, 1_484_261_697));
        return charges;
    }
}
