using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Summary;

public sealed class ResultSummaryTests
{
    [Theory]
    [InlineData("r", QueryType.ReadOnly)]
    [InlineData("rw", QueryType.ReadWrite)]
    [InlineData("w", QueryType.WriteOnly)]
    [InlineData("s", QueryType.SchemaWrite)]
    public async Task The_type_of_a_query_is_told(string type, QueryType expected)
    {
        var summary = await ConsumeAsync(("type", type));
        Assert.Equal(expected, summary.QueryType);
        Assert.Equal((false, null), (summary.HasPlan, summary.Plan));
        Assert.Null(summary.Notifications);
    }

    [Fact]
    public async Task A_plan_is_a_tree_of_operators()
    {
        var summary = await ConsumeAsync(("plan", Operator("EmptyResult@neo4j", [], Operator("Create@neo4j", ["m", "r"]))));
        Assert.True(summary.HasPlan);
        Assert.Equal("EmptyResult@neo4j", summary.Plan.OperatorType);
        var child = Assert.Single(summary.Plan.Children);
        Assert.Equal("Create@neo4j", child.OperatorType);
        Assert.Equal(["m", "r"], child.Identifiers);
        Assert.Equal("(m)", child.Arguments["Details"]);
        Assert.Empty(child.Children);
    }

    [Fact]
    public async Task An_empty_plan_is_none() => Assert.False((await ConsumeAsync(("plan", new Dictionary<string, object>()))).HasPlan);

    [Fact]
    public async Task A_profile_is_a_plan_too()
    {
        var profile = Operator("ProduceResults", ["m"], Operator("AllNodesScan", ["m"]));
        var summary = await ConsumeAsync(("profile", profile));
        Assert.Equal("AllNodesScan", Assert.Single(summary.Plan.Children).OperatorType);
    }

    [Fact]
    public async Task A_notification_says_what_and_where()
    {
        var summary = await ConsumeAsync(("notifications", new List<object>
        {
            new Dictionary<string, object>
            {
                ["code"] = "Neo.ClientNotification.Statement.CartesianProduct",
                ["title"] = "A product.",
                ["description"] = "It may be large.",
                ["severity"] = "INFORMATION",
                ["category"] = "PERFORMANCE",
                ["position"] = new Dictionary<string, object> { ["offset"] = 26, ["line"] = 1, ["column"] = 27 },
            },
        }));
        var notification = Assert.Single(summary.Notifications);
        Assert.Equal(
            ("Neo.ClientNotification.Statement.CartesianProduct", "A product.", "It may be large."), (notification.Code, notification.Title, notification.Description));
        Assert.Equal(("INFORMATION", NotificationSeverity.Information), (notification.RawSeverityLevel, notification.SeverityLevel));
        Assert.Equal(("PERFORMANCE", NotificationCategory.Performance), (notification.RawCategory, notification.Category));
        Assert.Equal((26, 1, 27), (notification.Position.Offset, notification.Position.Line, notification.Position.Column));
    }

    // Of Bolt 5.5 and later.
    [Fact]
    public async Task A_status_with_a_code_is_a_notification()
    {
        var summary = await ConsumeAsync(("statuses", new List<object>
        {
            new Dictionary<string, object> { ["gql_status"] = "02000", ["status_description"] = "note: no data" },
            new Dictionary<string, object>
            {
                ["gql_status"] = "01N60",
                ["neo4j_code"] = "Neo.ClientNotification.Statement.ParameterNotProvided",
                ["description"] = "Missing parameters: now",
                ["diagnostic_record"] = new Dictionary<string, object> { ["_severity"] = "WARNING", ["_classification"] = "GENERIC" },
            },
        }));
        var notification = Assert.Single(summary.Notifications);
        Assert.Equal(("Neo.ClientNotification.Statement.ParameterNotProvided", "", "Missing parameters: now"), (notification.Code, notification.Title, notification.Description));
        Assert.Equal((NotificationSeverity.Warning, NotificationCategory.Generic, null), (notification.SeverityLevel, notification.Category, notification.Position));
    }

    private static Dictionary<string, object> Operator(string type, string[] identifiers, params object[] children) => new()
    {
        ["operatorType"] = type,
        ["identifiers"] = identifiers,
        ["args"] = new Dictionary<string, object> { ["Details"] = "(m)" },
        ["children"] = children,
    };

    /// <param name="end">What the server says at the end of the result.</param>
    private static async Task<IResultSummary> ConsumeAsync((string Key, object Value) end)
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn));
            await connection.SucceedAsync(end);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        return await (await session.RunAsync("EXPLAIN MATCH (m) RETURN m")).ConsumeAsync();
    }
}
