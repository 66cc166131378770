using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Resource = Aspire.Hosting.Dashboard.Protocol.Resource;

namespace Aspire.Hosting.Tests.Dashboard;

/// <summary>Asks a running application about its resources, as the dashboard does.</summary>
internal sealed class ResourceClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _limit = new(TestHost.Limit);

    private ResourceClient(string address, string key)
    {
        _channel = GrpcChannel.ForAddress(address);
        Key = new Metadata { { ResourceServiceHost.KeyHeader, key } };
        Calls = new DashboardService.DashboardServiceClient(_channel);
    }

    public static async Task<ResourceClient> ConnectAsync(DistributedApplication application, string? key = null)
    {
        var services = application.Services;
        var address = await services.GetRequiredService<ResourceServiceHost>().Listening.WaitAsync(TestHost.Limit);
        return new ResourceClient(address!, key ?? services.GetRequiredService<ResourceServiceOptions>().ApiKey);
    }

    public DashboardService.DashboardServiceClient Calls { get; }

    public Metadata Key { get; }

    public CancellationToken Limit => _limit.Token;

    public GrpcChannel Channel => _channel;

    public AsyncServerStreamingCall<WatchResourcesUpdate> Watch() => Calls.WatchResources(new(), Key, cancellationToken: Limit);

    public AsyncServerStreamingCall<WatchResourceConsoleLogsUpdate> Logs(string resource, bool follow = true) =>
        Calls.WatchResourceConsoleLogs(new() { ResourceName = resource, SuppressFollow = !follow }, Key, cancellationToken: Limit);

    public async Task<ResourceCommandResponse> ExecuteAsync(string resource, string command) =>
        await Calls.ExecuteResourceCommandAsync(new() { ResourceName = resource, CommandName = command }, Key, cancellationToken: Limit);

    /// <summary>Watches until something is true of a resource, and returns it as it then is.</summary>
    public async Task<Resource> ReachAsync(string displayName, Func<Resource, bool> condition)
    {
        using var watch = Watch();
        var last = "not there";
        try
        {
            await foreach (var update in watch.ResponseStream.ReadAllAsync(Limit))
            {
                foreach (var resource in Resources(update).Where(r => r.DisplayName == displayName))
                {
                    if (condition(resource))
                        return resource;
                    last = resource.ToString();
                }
            }
        }
        catch (RpcException ex) when (ex.StatusCode == StatusCode.Cancelled)
        {
            // Said below, with what there was.
        }
        throw new TimeoutException($"'{displayName}' did not get there; it is {last}.");
    }

    public Task<Resource> ReachAsync(string displayName, string state) => ReachAsync(displayName, r => r.State == state);

    public static IEnumerable<Resource> Resources(WatchResourcesUpdate update) => update.KindCase == WatchResourcesUpdate.KindOneofCase.InitialData
        ? update.InitialData.Resources
        : update.Changes.Value.Select(c => c.Upsert);

    public static ResourceProperty? Property(Resource resource, string name) => resource.Properties.SingleOrDefault(p => p.Name == name);

    public void Dispose()
    {
        _channel.Dispose();
        _limit.Dispose();
    }
}
