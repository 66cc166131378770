using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier.Positions;

/// <summary>Compares where the partitions of any stream's topic end with where the ledger stands. What the messages say is not read.</summary>
internal sealed partial class PositionVerifier(
    TopicWatermarks<Ignore> watermarks, LedgerWait ledgerWait, PositionReport report, ServiceExit exit, ILogger<PositionVerifier> logger)
    : OneShotService(exit, logger, "verify")
{
    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var partitions = await watermarks.FindPartitionsAsync(cancellationToken);
        var ends = await watermarks.ReadAsync(partitions, cancellationToken);
        var ledger = await ledgerWait.WaitAsync(ends, cancellationToken);
        var positions = TopicPositions.Of(ends, ledger, await watermarks.ReadAsync(partitions, cancellationToken));

        LogTable(logger, Table(positions));
        report.Write(positions);
        StageLog.Report(
            logger, ReportStages.VerifiedPositions, new PositionsReport(positions.Topic, positions.Lag, positions.Gone, positions.Ok), ReportJson.Default.PositionsReport);
        return positions.Ok ? ServiceRunner.Ok : ServiceRunner.Failed;
    }

    internal static string Table(TopicPositions positions) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"topic {positions.Topic} against the ledger")
        .Append(PartitionLag.Table(positions.Partitions))
        .ToString().TrimEnd();

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);
}
