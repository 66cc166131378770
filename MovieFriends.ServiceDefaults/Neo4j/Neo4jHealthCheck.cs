using Microsoft.Extensions.Diagnostics.HealthChecks;
using Neo4j.Driver;

namespace MovieFriends.ServiceDefaults.Neo4j;

/// <summary>Healthy while the server answers and lets us in.</summary>
internal sealed class Neo4jHealthCheck(IDriver driver) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await driver.VerifyConnectivityAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is Neo4jException or OperationCanceledException or System.IO.IOException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
