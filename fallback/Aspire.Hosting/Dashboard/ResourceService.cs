using Aspire.Hosting.ApplicationModel;
using Grpc.Core;

namespace Aspire.Hosting.Dashboard;

/// <summary>Answers the dashboard's questions about resources, and passes its commands on.</summary>
/// <param name="options">What the application is called.</param>
/// <param name="messages">Makes the answers.</param>
/// <param name="notifications">The states.</param>
/// <param name="loggers">The console logs.</param>
/// <param name="commands">The commands.</param>
/// <param name="stopping">Cancelled when the host goes: no stream outlives it.</param>
internal sealed class ResourceService(
    ResourceServiceOptions options,
    ResourceMessages messages,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    CancellationToken stopping) : Protocol.DashboardService.DashboardServiceBase
{
    public override Task<Protocol.ApplicationInformationResponse> GetApplicationInformation(Protocol.ApplicationInformationRequest request, ServerCallContext context) =>
        // Any version of the dashboard will do, which is said by naming none.
        Task.FromResult(new Protocol.ApplicationInformationResponse { ApplicationName = options.ApplicationName });

    public override Task WatchResources(Protocol.WatchResourcesRequest request, IServerStreamWriter<Protocol.WatchResourcesUpdate> responseStream, ServerCallContext context) =>
        StreamAsync(context, async cancellationToken =>
        {
            using var feed = notifications.Follow();
            var initial = new Protocol.InitialResourceData();
            initial.Resources.AddRange(feed.Current.Select(messages.From));
            await responseStream.WriteAsync(new() { InitialData = initial }, cancellationToken);
            await foreach (var batch in feed.ReadAllAsync(cancellationToken))
            {
                var changes = new Protocol.WatchResourcesChanges();
                changes.Value.AddRange(batch.Select(c => new Protocol.WatchResourcesChange { Upsert = messages.From(c) }));
                await responseStream.WriteAsync(new() { Changes = changes }, cancellationToken);
            }
        });

    public override Task WatchResourceConsoleLogs(Protocol.WatchResourceConsoleLogsRequest request, IServerStreamWriter<Protocol.WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context) =>
        StreamAsync(context, async cancellationToken =>
        {
            // A log is made for whoever asks for one; here it is made for resources only.
            if (!notifications.TryGetCurrentState(request.ResourceName, out var resource))
                throw new RpcException(new Status(StatusCode.NotFound, $"There is no resource '{request.ResourceName}'."));
            await foreach (var lines in loggers.ReadAsync(resource.ResourceId, follow: !request.SuppressFollow).WithCancellation(cancellationToken))
            {
                foreach (var update in ConsoleLogUpdates.From(lines))
                    await responseStream.WriteAsync(update, cancellationToken);
            }
        });

    /// <summary>Stays open and asks nothing.</summary>
    /// <remarks>A dashboard that is refused this call takes the whole connection for lost, and shows no resources.</remarks>
    public override Task WatchInteractions(IAsyncStreamReader<Protocol.WatchInteractionsRequestUpdate> requestStream, IServerStreamWriter<Protocol.WatchInteractionsResponseUpdate> responseStream, ServerCallContext context) =>
        StreamAsync(context, async cancellationToken =>
        {
            await context.WriteResponseHeadersAsync([]);
            // What comes in would be answers to questions that were never asked: nobody reads it, and the connection holds it back.
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });

    public override async Task<Protocol.ResourceCommandResponse> ExecuteResourceCommand(Protocol.ResourceCommandRequest request, ServerCallContext context)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        // None that is offered takes any; to leave them out silently would be to do something else than was asked.
        var result = request.Arguments.Count > 0
            ? CommandResults.Failure($"The command '{request.CommandName}' takes no arguments.")
            : await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, ends.Token);
        var message = result.Message ?? "";
        var response = new Protocol.ResourceCommandResponse { Kind = Kind(result), Message = message };
#pragma warning disable CS0612 // Older dashboards read this one.
        response.ErrorMessage = message;
#pragma warning restore CS0612
        if (result.Data is { } data)
            response.Result = new() { Value = data.Value, Format = Format(data.Format), DisplayImmediately = data.DisplayImmediately };
        return response;
    }

    private async Task StreamAsync(ServerCallContext context, Func<CancellationToken, Task> write)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            await write(ends.Token);
        }
        // A write to a stream that is gone fails in more than one way.
        catch (Exception ex) when (ends.IsCancellationRequested && ex is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The reader has left, or has to be told that there is no more because the application ends.
            if (stopping.IsCancellationRequested)
                throw new RpcException(new Status(StatusCode.Unavailable, "The application is stopping."));
        }
    }

    private static Protocol.ResourceCommandResponseKind Kind(ExecuteCommandResult result) => result switch
    {
        { Success: true } => Protocol.ResourceCommandResponseKind.Succeeded,
        { Canceled: true } => Protocol.ResourceCommandResponseKind.Cancelled,
        _ => Protocol.ResourceCommandResponseKind.Failed,
    };

    private static Protocol.CommandResultFormat Format(CommandResultFormat format) => format switch
    {
        CommandResultFormat.Json => Protocol.CommandResultFormat.Json,
        CommandResultFormat.Markdown => Protocol.CommandResultFormat.Markdown,
        _ => Protocol.CommandResultFormat.Text,
    };
}
