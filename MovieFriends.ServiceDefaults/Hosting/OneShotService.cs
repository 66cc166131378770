using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>Work that is done once: runs, sets the exit code and stops the service.</summary>
/// <param name="exit">Stops the service.</param>
/// <param name="logger">The service's own.</param>
/// <param name="run">Names the trace of the run; null for work that is no run but goes on and on, and has traces of its own.</param>
public abstract partial class OneShotService(ServiceExit exit, ILogger logger, string? run = null) : BackgroundService
{
    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Activity? trace = null;
        try
        {
            // The host starts up first, so that its own lines do not come in the middle of the work's.
            await Task.Yield();
            trace = run is null ? null : RunTelemetry.Start(run);
            var code = await RunAsync(stoppingToken);
            if (code != ServiceRunner.Ok)
                trace?.SetStatus(ActivityStatusCode.Error);
            Stop(code);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
            Stop(ServiceRunner.Ok);
        }
        catch (FatalException exception)
        {
            trace.Fail(exception.Message, exception);
            LogFatal(logger, exception.Message);
            Stop(ServiceRunner.Failed);
        }
#pragma warning disable CA1031 // The last resort: whatever it is, it is logged, and the exit code says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            trace.Fail(exception.Message, exception);
            LogUnexpected(logger, exception);
            Stop(ServiceRunner.Failed);
        }

        // Before the host ends, and with it the exporter.
        void Stop(int code)
        {
            trace?.Dispose();
            exit.Stop(code);
        }
    }

    [LoggerMessage(LogLevel.Information, "Stopped before the end.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "Failed.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception);
}
