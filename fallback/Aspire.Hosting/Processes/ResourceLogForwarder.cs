using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Processes;

/// <summary>Copies the logs of resources into the AppHost's own, where the options ask for it.</summary>
internal sealed partial class ResourceLogForwarder(DistributedApplicationModel model, ResourceLoggerService loggers, IHostEnvironment environment, ILoggerFactory factory) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(model.Resources.Where(r => r is not ParameterResource).Select(r => ForwardAsync(r, stoppingToken)));

    private async Task ForwardAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = factory.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Name}");
        try
        {
            await foreach (var batch in loggers.WatchAsync(resource).WithCancellation(cancellationToken))
            {
                foreach (var line in batch)
                    Forward(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    [LoggerMessage("{LineNumber}: {Content}")]
    private static partial void Forward(ILogger logger, LogLevel level, int lineNumber, string content);
}
