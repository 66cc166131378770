using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Neo4j.Driver;

namespace Aspire.Hosting;

/// <summary>Signs in to a Neo4j server and asks it for an answer.</summary>
internal sealed class Neo4jHealthCheck(INeo4jServer server, Func<Uri, string?, CancellationToken, Task<IDriver>> connect) : IHealthCheck, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IDriver? _driver;
    private Uri? _address;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var driver = await ConnectAsync(cancellationToken);
            await driver.VerifyConnectivityAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(failure.Message, failure);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _driver?.Dispose();
        _gate.Dispose();
    }

    private async Task<IDriver> ConnectAsync(CancellationToken cancellationToken)
    {
        var address = new Uri((await server.UriExpression.GetValueAsync(cancellationToken))!);
        if (_driver is not null && _address == address)
            return _driver;

        var password = server.PasswordParameter is null ? null : await server.PasswordParameter.GetValueAsync(cancellationToken);
        var driver = await connect(address, password, cancellationToken);

        // A server that was started again may listen on another port.
        if (_driver is not null)
            await _driver.DisposeAsync();
        (_driver, _address) = (driver, address);
        return driver;
    }
}
