using System.Text.Json;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Seeds, produces, consumes and verifies, then shows and writes what came out.</summary>
internal sealed class DemoJob(
    DemoServers servers, DemoReportCollector collector, DemoWatch watch, DemoOptions options, ServersInfo serversInfo, IAnsiConsole console)
{
    /// <returns>What the verifier found.</returns>
    /// <exception cref="FatalException">A service failed.</exception>
    public async Task<VerifierReport> RunAsync(DemoStages stages, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            _ = servers.TimeStartAsync(ending.Token);
            var reports = await collector.CollectAsync(stages, ending.Token);
            var result = DemoResult.From(serversInfo, watch.Elapsed, reports);
            Show(result, reports.Consumer);
            if (options.Json is { } path)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, DemoJson.Default.DemoResult) + "\n", cancellationToken);
            return result.Verifier;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private void Show(DemoResult result, ConsumerReport consumer)
    {
        console.Write(DemoTables.Offsets(result.Producer.Offsets));
        console.Write(DemoTables.Verification(result.Verifier));
        console.Write(DemoTables.Comparison(result, consumer, watch.SetUp));
    }
}
