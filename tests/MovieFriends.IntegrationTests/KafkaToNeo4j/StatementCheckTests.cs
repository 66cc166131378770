using Microsoft.Extensions.Logging;
using MovieFriends.Chaos.Servers;
using MovieFriends.Extensions;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.KafkaToNeo4j.Cypher;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>What the database says of a stream's statement before it runs, and what becomes of it.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class StatementCheckTests(RunningServers servers)
{
    private const string Movie = "RentedMovie";
    private const string MovieId = "movieId";

    private static readonly Dictionary<string, object?> s_rows = new() { ["rows"] = new List<object> { new Dictionary<string, object> { ["movie"] = 1 } } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The database of 2017 differs in this, too.
    private bool IsModern => servers.HasTransactionTimeout;

    [Theory]
    [InlineData("UNWIND $rows AS r MERGE (m:RentedMovie {movieId: r.movie}) SET m.seen = true")]
    [InlineData("// Rentals\nUNWIND $rows AS r\nMERGE (m:RentedMovie {movieId: r.movie})\nCREATE (m)<-[:OF]-(:Rental {at: r.at})")]
    [InlineData("FOREACH (r IN $rows | MERGE (m:RentedMovie {movieId: r.movie}))")]
    public async Task A_statement_that_finds_its_nodes_by_a_key_is_accepted_without_a_word_and_not_run(string cypher)
    {
        await using var scenario = await StartAsync();

        Assert.Empty(await CheckAsync(scenario, cypher));

        Assert.Empty(await scenario.QueryAsync("MATCH (n) RETURN n"));
    }

    [Fact]
    public async Task Text_that_does_not_compile_is_refused_in_the_words_of_the_database()
    {
        var message = await RefusalAsync("UNWIND $rows AS r MERG (m:RentedMovie {movieId: r.movie})");

        Assert.StartsWith(
            "Neo4j refuses the Cypher statement 'UNWIND $rows AS r MERG (m:RentedMovie {movieId: r.movie})' with Neo.ClientError.Statement.SyntaxError (Invalid input '",
            message, StringComparison.Ordinal);
        Assert.EndsWith("). Correct the statement, or give the database what it lacks, and start again.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("EXPLAIN", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task An_unknown_function_is_named_with_its_place_in_the_text()
    {
        const string Cypher = "UNWIND $rows AS r CREATE (m:RentedMovie {movieId: rental.id(r)})";

        Assert.Contains($"(Unknown function 'rental.id' (line 1, column {Cypher.IndexOf("rental", StringComparison.Ordinal) + 1}))", await RefusalAsync(Cypher), StringComparison.Ordinal);
        Assert.Contains("(Unknown function 'rental.key' (line 2, column 33))", await RefusalAsync("UNWIND $rows AS r\nCREATE (m:RentedMovie {movieId: rental.key(r)})"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_procedure_is_named() =>
        Assert.Contains(
            "with Neo.ClientError.Procedure.ProcedureNotFound (There is no procedure with the name `rental.create`",
            await RefusalAsync("UNWIND $rows AS r CALL rental.create(r) YIELD id MERGE (m:RentedMovie {movieId: id})"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_statement_that_writes_nothing_is_refused() =>
        Assert.Equal(
            "The Cypher statement 'UNWIND $rows AS r MATCH (m:RentedMovie {movieId: r.movie}) R ...' writes nothing: to Neo4j it is read-only, and a stream would read its topic for nothing. "
            + "Write the rows with MERGE, CREATE, SET or DELETE.",
            await RefusalAsync("UNWIND $rows AS r\nMATCH (m:RentedMovie {movieId: r.movie})\nRETURN m"));

    [Fact]
    public async Task A_statement_that_returns_rows_is_refused() =>
        Assert.EndsWith(
            $"' returns rows{(IsModern ? " (id, m)" : null)}, which the database would send for every batch and nobody reads. Leave RETURN out.",
            await RefusalAsync("UNWIND $rows AS r MERGE (m:RentedMovie {movieId: r.movie}) RETURN m.movieId AS id, m"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_parameter_that_is_not_given_is_named_beside_those_that_are()
    {
        Assert.SkipUnless(IsModern, "Neo4j 3.1 plans, and even runs without rows, without a look at the parameters.");

        var message = await RefusalAsync("UNWIND $rows AS r MERGE (m:RentedMovie {movieId: r.movie}) SET m.at = $now, m.by = $who");

        Assert.Contains("' needs a parameter that it does not get (", message, StringComparison.Ordinal);
        Assert.Contains("now, who", message, StringComparison.Ordinal);
        Assert.EndsWith("). Use those that there are ($rows); what else a row needs must be in the row.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNWIND $rows AS r CALL { WITH r MERGE (m:RentedMovie {movieId: r.movie}) } IN TRANSACTIONS OF 10 ROWS", "TransactionForeach")]
    [InlineData("UNWIND $rows AS r CALL { WITH r MERGE (m:RentedMovie {movieId: r.movie}) RETURN m } IN TRANSACTIONS SET m.seen = true", "TransactionApply")]
    public async Task Transactions_of_its_own_are_refused(string cypher, string what)
    {
        Assert.SkipUnless(IsModern, "Neo4j before 4.4 has no subqueries in transactions, and says so.");

        Assert.EndsWith(
            $"' opens transactions of its own ({what}), but a batch and its offsets must be written in one. Leave that out; MaxBatchSize says how much one transaction writes at most.",
            await RefusalAsync(cypher),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Periodic_commits_are_refused() =>
        Assert.Contains(
            "' opens transactions of its own (USING PERIODIC COMMIT), but",
            await RefusalAsync("using periodic  commit 10 LOAD CSV FROM 'file:///rentals.csv' AS l CREATE (m:RentedMovie {movieId: l[0]})"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_change_of_the_schema_is_refused() =>
        Assert.EndsWith(
            "' changes the schema (CreateIndex), which is not the work of every batch. Leave that out, and name the properties that are unique in the stream's Keys: their constraints are created at the start.",
            await RefusalAsync(IsModern ? "CREATE INDEX FOR (m:RentedMovie) ON (m.title)" : "CREATE INDEX ON :RentedMovie(title)"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("EXPLAIN")]
    [InlineData("profile")]
    public async Task A_statement_for_looking_at_its_plan_is_refused(string mode) =>
        Assert.EndsWith(
            $"' begins with {mode.ToUpperInvariant()}, which is for looking at plans. Leave the word out.",
            await RefusalAsync($"{mode} UNWIND $rows AS r MERGE (m:RentedMovie {{movieId: r.movie}})"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("MATCH (m {movieId: r.movie}) SET m.seen = true", "AllNodesScan", "AllNodesScan")]
    [InlineData("MATCH (m:Unknown {movieId: r.movie}) SET m.seen = true", "NodeByLabelScan (m:Unknown)", "NodeByLabelScan (:Unknown)")]
    [InlineData("MATCH ()-[o:OF {at: r.at}]->() SET o.seen = true", "DirectedRelationshipTypeScan (", "AllNodesScan")]
    [InlineData("MATCH ()-[o {at: r.at}]->() SET o.seen = true", "DirectedAllRelationshipsScan (", "AllNodesScan")]
    [InlineData("MATCH (m:RentedMovie) WHERE m.movieId IS NOT NULL SET m.seen = true", "NodeIndexScan (", "NodeIndexScan (:RentedMovie(movieId))")]
    public async Task A_scan_is_accepted_with_a_warning(string cypher, string modern, string old)
    {
        await using var scenario = await StartAsync();

        var warning = Assert.Single(await CheckAsync(scenario, $"UNWIND $rows AS r {cypher}"));

        Assert.Contains($"is slower than it could be. Its plan has {(IsModern ? modern : old)}", warning, StringComparison.Ordinal);
        Assert.EndsWith(
            ": everything of that kind is read to find something. Have a constraint on the property that is looked up (the stream's Keys), or an index.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Eager_is_accepted_with_a_warning()
    {
        await using var scenario = await StartAsync();

        var warning = Assert.Single(await CheckAsync(scenario, "UNWIND $rows AS r MERGE (a:RentedMovie {movieId: r.movie}) MERGE (b:RentedMovie {movieId: r.next}) CREATE (a)-[:NEXT]->(b)"));

        Assert.Contains("warn: ", warning, StringComparison.Ordinal);
        Assert.Contains(
            "The Cypher statement 'UNWIND $rows AS r MERGE (a:RentedMovie {movieId: r.movie}) M ...' is slower than it could be. Its plan has Eager", warning, StringComparison.Ordinal);
        Assert.EndsWith(
            ": all rows of a batch are kept before the first goes on. Rewrite the statement so that what is read is not what is written.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_and_an_Eager_are_one_warning()
    {
        await using var scenario = await StartAsync();

        var warning = Assert.Single(await CheckAsync(scenario, "UNWIND $rows AS r MERGE (a:Unknown {id: r.movie}) MERGE (b:Unknown {id: r.next}) CREATE (a)-[:NEXT]->(b)"));

        Assert.Contains("NodeByLabelScan", warning, StringComparison.Ordinal);
        Assert.Contains("Eager", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_passes_goes_through_as_it_is()
    {
        await using var scenario = await StartAsync();
        await using var driver = GraphConnection.Open(scenario.Environment);
        servers.GraphLink.Cut();
        try
        {
            var failure = await Assert.ThrowsAnyAsync<Neo4jException>(() => CheckAsync(driver, null, "UNWIND $rows AS r MERGE (m:RentedMovie {movieId: r.movie})"));

            Assert.Equal(GraphFailureKind.Transient, GraphFailure.Classify(failure));
        }
        finally
        {
            servers.GraphLink.Restore();
        }
    }

    [Fact]
    public async Task A_refusal_that_is_not_about_the_statement_goes_through_as_it_is()
    {
        Assert.SkipUnless(IsModern, "Neo4j before 4 has one database, and no name for it.");
        await using var scenario = await StartAsync();

        var failure = await Assert.ThrowsAnyAsync<Neo4jException>(() => CheckAsync(scenario.Graph, "rentals", "UNWIND $rows AS r MERGE (m:RentedMovie {movieId: r.movie})"));

        Assert.Equal("Neo.ClientError.Database.DatabaseNotFound", failure.Code);
    }

    private async Task<Scenario> StartAsync()
    {
        var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await GraphSchema.EnsureUniqueAsync(scenario.Graph, database: null, Movie, MovieId);
        return scenario;
    }

    private async Task<string> RefusalAsync(string cypher)
    {
        await using var scenario = await StartAsync();
        return (await Assert.ThrowsAsync<FatalException>(() => CheckAsync(scenario, cypher))).Message;
    }

    private static Task<IReadOnlyList<string>> CheckAsync(Scenario scenario, string cypher) => CheckAsync(scenario.Graph, null, cypher);

    /// <returns>The warnings; the text itself is in the log, too, for whoever looks closer.</returns>
    private static async Task<IReadOnlyList<string>> CheckAsync(IDriver driver, string? database, string cypher)
    {
        using var log = new ServiceLog();
        await StatementCheck.CheckAsync(driver, database, cypher, s_rows, log.CreateLogger(nameof(StatementCheck)));
        Assert.Contains(log.Lines, line => line.Contains(" dbug: ", StringComparison.Ordinal) && line.Contains(cypher.ReplaceLineEndings(" "), StringComparison.Ordinal));
        return [.. log.Lines.Where(line => !line.Contains(" dbug: ", StringComparison.Ordinal))];
    }
}
