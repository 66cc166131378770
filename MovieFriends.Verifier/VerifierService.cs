using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Rentals;

namespace MovieFriends.Verifier;

/// <summary>Compares topics and graph: charges, then rentals if there are to be some.</summary>
internal sealed class VerifierService(ChargeVerifier charges, IEnumerable<RentalVerifier> rentals, ServiceExit exit, ILogger<VerifierService> logger)
    : OneShotService(exit, logger, "verify")
{
    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var report = await charges.RunAsync(cancellationToken);
        foreach (var verifier in rentals)
            report = report with { Rentals = await verifier.RunAsync(cancellationToken) };

        StageLog.Report(logger, ReportStages.Verified, report, ReportJson.Default.VerifierReport);
        return report.AllOk ? ServiceRunner.Ok : ServiceRunner.Failed;
    }
}
