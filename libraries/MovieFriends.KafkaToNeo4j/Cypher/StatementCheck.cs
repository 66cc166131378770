using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.KafkaToNeo4j.Cypher;

/// <summary>
/// Has the database plan a statement that a stream will run for every batch, so that what cannot work ends the start and not the first batch.
/// Nothing is run. The plan depends on the constraints that are there: they come first.
/// </summary>
internal static partial class StatementCheck
{
    private const string Explain = "EXPLAIN ";
    private const int ShortLength = 60;

    // What a server says of a statement; everything else is said of the server, the user or the database.
    private static readonly string[] s_codesOfStatements = ["Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.ClientError.Schema."];

    // Versions before 5 tell of a missing parameter with the code of an error.
    private static readonly string[] s_missingParameter = ["Neo.ClientNotification.Statement.ParameterNotProvided", "Neo.ClientError.Statement.ParameterMissing"];

    // What an operator works on is in one of these, depending on the version.
    private static readonly string[] s_details = ["Details", "LabelName", "Index"];

    /// <summary>Accepts the statement, perhaps with a warning that it is slow, or refuses it.</summary>
    /// <param name="driver">The server.</param>
    /// <param name="database">The database; none is the server's default.</param>
    /// <param name="cypher">The statement.</param>
    /// <param name="parameters">Those that it will have, with values of the right type.</param>
    /// <param name="logger">Hears of a plan that is slow.</param>
    /// <exception cref="FatalException">The statement cannot be what writes a batch.</exception>
    /// <exception cref="Neo4jException">The database does not answer, or refuses for a reason that is not the statement.</exception>
    public static async Task CheckAsync(IDriver driver, string? database, string cypher, IReadOnlyDictionary<string, object?> parameters, ILogger logger)
    {
        var statement = $"The Cypher statement '{Shorten(cypher)}'";
        LogPlans(logger, cypher.ReplaceLineEndings(" "));
        RefuseMode(cypher, statement);
        var (columns, summary) = await ExplainAsync(driver, database, cypher, parameters);
        var plan = summary.HasPlan ? Flatten(summary.Plan).ToList() : [];
        if (Refusal(columns, summary, plan, parameters.Keys) is { } refusal)
            throw new FatalException($"{statement} {refusal}");

        var findings = Findings(plan).ToList();
        if (findings.Count > 0)
            LogSlow(logger, Shorten(cypher), string.Join(' ', findings));
    }

    // A plan does not show these.
    private static void RefuseMode(string cypher, string statement)
    {
        var mode = OneLine(ModePattern().Match(cypher).Groups["mode"].Value).ToUpperInvariant();
        switch (mode)
        {
            case "":
                return;
            case "EXPLAIN" or "PROFILE":
                throw new FatalException($"{statement} begins with {mode}, which is for looking at plans. Leave the word out.");
            default:
                throw new FatalException($"{statement} {OpensTransactions(mode)}");
        }
    }

    // In a transaction as batches have it: a server may refuse there what it plans outside. It is taken back.
    private static async Task<(string[] Columns, IResultSummary Summary)> ExplainAsync(
        IDriver driver, string? database, string cypher, IReadOnlyDictionary<string, object?> parameters)
    {
        await using var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, database));
        await using var transaction = await session.BeginTransactionAsync();
        try
        {
            var cursor = await transaction.RunAsync(Explain + cypher, new Dictionary<string, object?>(parameters));
            return (await cursor.KeysAsync(), await cursor.ConsumeAsync());
        }
        catch (Neo4jException exception) when (IsAboutTheStatement(exception))
        {
            throw new FatalException(
                $"Neo4j refuses the Cypher statement '{Shorten(cypher)}' with {exception.Code} ({WordsOf(exception)}). Correct the statement, or give the database what it lacks, and start again.",
                exception);
        }
    }

    private static string? Refusal(string[] columns, IResultSummary summary, List<IPlan> plan, IEnumerable<string> parameters)
    {
        if (plan.Find(o => NameOf(o).StartsWith("Transaction", StringComparison.Ordinal)) is { } transactions)
            return OpensTransactions(NameOf(transactions));

        if (summary.QueryType == QueryType.SchemaWrite)
        {
            return $"changes the schema ({string.Join(", ", plan.Select(NameOf))}), which is not the work of every batch. "
                + $"Leave that out, and name the properties that are unique in the stream's {nameof(StreamSettings.Keys)}: their constraints are created at the start.";
        }

        if (summary.QueryType == QueryType.ReadOnly)
            return "writes nothing: to Neo4j it is read-only, and a stream would read its topic for nothing. Write the rows with MERGE, CREATE, SET or DELETE.";

        // Neo4j 3.1 plans without names of columns, but has another type for what returns them.
        if (columns.Length > 0 || summary.QueryType == QueryType.ReadWrite)
        {
            var names = columns.Length > 0 ? $" ({string.Join(", ", columns)})" : null;
            return $"returns rows{names}, which the database would send for every batch and nobody reads. Leave RETURN out.";
        }

        return summary.Notifications?.FirstOrDefault(n => s_missingParameter.Contains(n.Code)) is { } missing
            ? $"needs a parameter that it does not get ({OneLine(missing.Description)}). Use those that there are ({string.Join(", ", parameters.Select(p => $"${p}"))}); what else a row needs must be in the row."
            : null;
    }

    private static string OpensTransactions(string what) =>
        $"opens transactions of its own ({what}), but a batch and its offsets must be written in one. "
        + $"Leave that out; {nameof(StreamOptions.MaxBatchSize)} says how much one transaction writes at most.";

    private static IEnumerable<string> Findings(List<IPlan> plan)
    {
        if (Describe(plan, name => name.Contains("Scan", StringComparison.Ordinal)) is { Length: > 0 } scans)
        {
            yield return $"Its plan has {scans}: everything of that kind is read to find something. "
                + $"Have a constraint on the property that is looked up (the stream's {nameof(StreamSettings.Keys)}), or an index.";
        }

        if (Describe(plan, name => name == "Eager") is { Length: > 0 } eager)
            yield return $"Its plan has {eager}: all rows of a batch are kept before the first goes on. Rewrite the statement so that what is read is not what is written.";
    }

    private static string Describe(List<IPlan> plan, Predicate<string> isMeant) =>
        string.Join(", ", plan.Where(o => isMeant(NameOf(o))).Select(o => $"{NameOf(o)}{DetailsOf(o)}").Distinct());

    private static string? DetailsOf(IPlan plan) =>
        s_details.Select(key => plan.Arguments.TryGetValue(key, out var value) ? value as string : null).FirstOrDefault(d => !string.IsNullOrEmpty(d)) is { } details
            ? $" ({OneLine(details)})"
            : null;

    // From Neo4j 4 on the database's name follows.
    private static string NameOf(IPlan plan) => plan.OperatorType.Split('@')[0];

    private static IEnumerable<IPlan> Flatten(IPlan plan) => plan.Children.SelectMany(Flatten).Prepend(plan);

    private static bool IsAboutTheStatement(Neo4jException exception) =>
        GraphFailure.Classify(exception) is GraphFailureKind.Fatal or GraphFailureKind.Rejected
        && Array.Exists(s_codesOfStatements, prefix => exception.Code?.StartsWith(prefix, StringComparison.Ordinal) == true);

    // The text follows in quotation marks, with a mark below the place. The place is said before, in a text that begins with EXPLAIN.
    private static string WordsOf(Neo4jException exception)
    {
        var echo = exception.Message.LastIndexOf("\n\"", StringComparison.Ordinal);
        return PlacePattern().Replace(OneLine(echo < 0 ? exception.Message : exception.Message[..echo]), place =>
        {
            var column = int.Parse(place.Groups["column"].Value, CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $"(line {place.Groups["line"]}, column {(place.Groups["line"].Value == "1" ? Math.Max(1, column - Explain.Length) : column)})");
        });
    }

    private static string Shorten(string cypher) =>
        OneLine(cypher) is var text && text.Length > ShortLength ? $"{text.AsSpan(0, ShortLength).TrimEnd()} ..." : text;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^\s*(?<mode>EXPLAIN|PROFILE|USING\s+PERIODIC\s+COMMIT)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModePattern();

    [GeneratedRegex(@"\(line (?<line>\d+), column (?<column>\d+) \(offset: \d+\)\)", RegexOptions.CultureInvariant)]
    private static partial Regex PlacePattern();

    [LoggerMessage(LogLevel.Debug, "Neo4j is asked to plan the Cypher statement '{Statement}'.")]
    private static partial void LogPlans(ILogger logger, string statement);

    [LoggerMessage(LogLevel.Warning, "The Cypher statement '{Statement}' is slower than it could be. {Findings}")]
    private static partial void LogSlow(ILogger logger, string statement, string findings);
}
