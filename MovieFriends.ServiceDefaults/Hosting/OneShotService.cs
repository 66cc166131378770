using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>Work that is done once: runs, sets the exit code and stops the service.</summary>
public abstract partial class OneShotService(ServiceExit exit, ILogger logger) : BackgroundService
{
    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The host starts up first, so that its own lines do not come in the middle of the work's.
            await Task.Yield();
            exit.Stop(await RunAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
            exit.Stop();
        }
        catch (FatalException exception)
        {
            LogFatal(logger, exception.Message);
            exit.Stop(ServiceRunner.Failed);
        }
#pragma warning disable CA1031 // The last resort: whatever it is, it is logged, and the exit code says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnexpected(logger, exception);
            exit.Stop(ServiceRunner.Failed);
        }
    }

    [LoggerMessage(LogLevel.Information, "Stopped before the end.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "Failed.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception);
}
