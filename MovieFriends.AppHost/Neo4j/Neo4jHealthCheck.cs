using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.AppHost.Neo4j;

/// <summary>Signs in to a Neo4j server and asks it for an answer.</summary>
internal sealed class Neo4jHealthCheck(
    INeo4jServer server, string? trustedCertificates, Func<GraphEndpoint, string, CancellationToken, Task>? beforeSignIn) : IHealthCheck, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IDriver? driver;
    private Uri? address;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var connected = await ConnectAsync(cancellationToken);
            await connected.VerifyConnectivityAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(failure.Message, failure);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        driver?.Dispose();
        gate.Dispose();
    }

    private async Task<IDriver> ConnectAsync(CancellationToken cancellationToken)
    {
        var uri = new Uri((await server.UriExpression.GetValueAsync(cancellationToken))!);
        if (driver is not null && address == uri)
        {
            return driver;
        }

        var endpoint = GraphEndpoint.For(uri, trustedCertificates);
        var password = server.PasswordParameter is null ? null : await server.PasswordParameter.GetValueAsync(cancellationToken);
        if (beforeSignIn is not null && password is not null)
        {
            await beforeSignIn(endpoint, password, cancellationToken);
        }

        // A server that was started again may listen on another port.
        if (driver is not null)
        {
            await driver.DisposeAsync();
        }

        driver = endpoint.Connect(
            password is null ? AuthTokens.None : AuthTokens.Basic(Neo4jServerResource.UserName, password), config => config.WithMaxConnectionPoolSize(1));
        address = uri;
        return driver;
    }
}
