using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.Extensions;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Asks a service over HTTP how far it is.</summary>
internal sealed class ServiceReader : IDisposable
{
    private const string EndpointName = "http";

    // Services are on the loopback, which no proxy reaches.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>What the service has done so far.</summary>
    /// <returns>Null if it does not answer, as before its start and after its end.</returns>
    public async Task<T?> StatusAsync<T>(ProjectResource service, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var endpoint = service.GetEndpoint(EndpointName);
        if (!endpoint.Exists || !endpoint.IsAllocated)
            return null;

        try
        {
            return await _http.GetFromJsonAsync(new Uri(new Uri(endpoint.Url), ServiceEndpoints.Status), type, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A request that takes too long ends as a cancelled one.
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
