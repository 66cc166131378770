using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Says once that there is no dashboard, and how to get it.</summary>
internal sealed partial class DashboardMissing(ILogger<DistributedApplication> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The dashboard is not installed ('npm ci --ignore-scripts' in the folder 'servers' does it); the application runs without.")]
    private static partial void Log(ILogger logger);
}
