using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Verifier.Positions;

namespace MovieFriends.Verifier.Comparison;

/// <summary>Writes the verifier's table, and what is wrong with examples, to the log.</summary>
internal sealed partial class ComparisonReport(IOptions<VerifierOptions> options, ILogger<ComparisonReport> logger)
{
    /// <param name="result">The comparison.</param>
    /// <param name="positions">Where topic and ledger stand.</param>
    /// <param name="malformed">Messages that are not charges.</param>
    /// <param name="detached">Charges that are attached to no user, or less than none if some are attached twice.</param>
    /// <param name="notAll">Why messages that the topic does not have can have made charges; empty if none can.</param>
    public VerifierReport Write(
        ComparisonResult result, TopicPositions positions, long malformed, long detached, params IReadOnlyList<string> notAll)
    {
        var report = new VerifierReport(
            result.Expected,
            result.Found,
            result.Missing.Count + result.Different.Count,
            result.Unexpected.Count,
            result.AmountDifference,
            positions.Lag,
            result.Agree && detached == 0 && positions.Ok);

        LogTable(logger, Table(result, positions.Partitions, malformed));
        Name("missing from the graph", result.Missing);
        Name("in the graph with another amount or time than the topic says", result.Different);
        Name("in the graph although no message makes them", result.Unexpected);
        if (result.NotJudged > 0)
            LogNotJudged(logger, result.NotJudged, string.Join(", and ", notAll));
        else if (notAll.Count > 0)
            LogNotAll(logger, string.Join(", and ", notAll));
        if (result.Foreign > 0)
            LogForeign(logger, result.Foreign);
        if (detached != 0)
            LogDetached(logger, detached);
        return report;
    }

    internal static string Table(ComparisonResult result, IReadOnlyList<PartitionLag> lags, long malformed)
    {
        var text = new StringBuilder("topic against graph").AppendLine();
        Row("charges expected", Number(result.Expected));
        Row("charges found", Number(result.Found));
        Row("missing", Number(result.Missing.Count));
        Row("different", Number(result.Different.Count));
        Row("unexpected", Number(result.Unexpected.Count));
        Row("sum expected, USD", Dollars(result.ExpectedSum));
        Row("sum difference, USD", Dollars(result.AmountDifference));
        Row("malformed messages", Number(malformed));
        Row("charges of unknown users", Number(result.UnknownUsers));
        if (result.NotJudged > 0)
            Row("not judged", Number(result.NotJudged));
        if (result.Foreign > 0)
            Row("foreign nodes", Number(result.Foreign));
        if (result.Changed > 0)
            Row("changed meanwhile", Number(result.Changed));
        text.Append(PartitionLag.Table(lags));
        return text.ToString().TrimEnd();

        void Row(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-26}{value,20}");
    }

    private void Name(string what, List<long> chargeIds)
    {
        if (chargeIds.Count > 0)
            LogDifference(logger, chargeIds.Count, what, string.Join(", ", chargeIds.Take(options.Value.Examples)));
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // From a quadrillion on, hundreds of digits would say no more.
    private static string Dollars(double amount) => amount.ToString(Math.Abs(amount) < 1e15 ? "N2" : "0.######E+0", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);

    [LoggerMessage(LogLevel.Error, "{Count} charges are {What}, for example charge ids {Examples}.")]
    private static partial void LogDifference(ILogger logger, int count, string what, string examples);

    [LoggerMessage(LogLevel.Warning, "{Count} charges that no message here makes are not judged: {Reasons}.")]
    private static partial void LogNotJudged(ILogger logger, long count, string reasons);

    [LoggerMessage(LogLevel.Information, "Charges that no message here makes would not be judged: {Reasons}.")]
    private static partial void LogNotAll(ILogger logger, string reasons);

    [LoggerMessage(LogLevel.Warning, "{Count} nodes with the label DailyCharge are another tool's: they have no whole number as chargeId. They are left alone and not judged.")]
    private static partial void LogForeign(ILogger logger, long count);

    [LoggerMessage(LogLevel.Error, "The number of charges less the number of their relationships to users is {Count}, not 0.")]
    private static partial void LogDetached(ILogger logger, long count);
}
