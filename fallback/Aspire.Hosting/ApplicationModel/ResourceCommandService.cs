using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives commands to resources.</summary>
public partial class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services)
    {
        _services = services;
        _notifications = services.GetRequiredService<ResourceNotificationService>();
        _loggers = services.GetRequiredService<ResourceLoggerService>();
    }

    /// <summary>Gives a command to one instance of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var current)
            ? ExecuteAsync(current.Resource, current.ResourceId, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}'."));

    /// <summary>Gives a command to all instances of a resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(ResourceInstancesAnnotation.IdsOf(resource).Select(id => ExecuteAsync(resource, id, commandName, cancellationToken)));
        return results.FirstOrDefault(r => !r.Success) ?? results.FirstOrDefault() ?? CommandResults.Success();
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string commandName, CancellationToken cancellationToken)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(c => c.Name == commandName) is not { } command)
            return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'.");
        var logger = _loggers.GetLogger(resource);
        LogGiven(logger, commandName);
        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = id,
                CancellationToken = cancellationToken,
                Logger = logger,
            });
            if (!result.Success && !result.Canceled)
                LogFailed(logger, null, commandName, result.Message);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            LogFailed(logger, ex, commandName, ex.Message);
            return CommandResults.Failure(ex);
        }
    }

    [LoggerMessage(LogLevel.Information, "Command '{CommandName}' was given.")]
    private static partial void LogGiven(ILogger logger, string commandName);

    [LoggerMessage(LogLevel.Error, "Command '{CommandName}' failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception? exception, string commandName, string? reason);
}
