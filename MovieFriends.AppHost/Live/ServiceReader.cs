using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.AppHost.Live;

/// <summary>Asks a service over HTTP how far it is, and what is wrong with it.</summary>
internal sealed class ServiceReader : IDisposable
{
    private const string EndpointName = "http";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>What the service has done so far.</summary>
    /// <returns>Null if it does not answer, as before its start and after its end.</returns>
    public async Task<T?> StatusAsync<T>(ProjectResource service, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await GetAsync(service, "status", cancellationToken);
        return answer is { IsSuccessStatusCode: true } ? await ReadAsync(answer, type, cancellationToken) : null;
    }

    /// <summary>What its health checks find wrong.</summary>
    /// <returns>Null if nothing is.</returns>
    public async Task<string?> ProblemAsync(ProjectResource service, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(service, "health", cancellationToken);
        if (answer is null)
            return "does not answer";
        if (answer.IsSuccessStatusCode)
            return null;

        var report = await ReadAsync(answer, LiveJson.Default.HealthAnswer, cancellationToken);
        var problems = report?.Checks?.Where(check => check.Value.Status != "Healthy").Select(check => check.Value.Description ?? check.Key).ToArray();
        return problems is { Length: > 0 } ? string.Join("; ", problems) : $"HTTP status {(int)answer.StatusCode}";
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage?> GetAsync(ProjectResource service, string path, CancellationToken cancellationToken)
    {
        var endpoint = service.GetEndpoint(EndpointName);
        if (!endpoint.Exists || !endpoint.IsAllocated)
            return null;

        try
        {
            return await _http.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException || IsNoAnswer(exception, cancellationToken))
        {
            return null;
        }
    }

    // A request that takes too long ends as a cancelled one.
    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
