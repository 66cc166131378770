using Microsoft.Extensions.Diagnostics.HealthChecks;
using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>Healthy while the server answers and lets us in.</summary>
internal sealed class Neo4jHealthCheck(IDriver driver) : IHealthCheck
{
    // A server that is frozen takes a connection and says nothing; whoever asks for our health does not wait that long.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1.5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await driver.VerifyConnectivityAsync().WaitAsync(s_timeout, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"Neo4j does not answer within {s_timeout.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is Neo4jException or OperationCanceledException or System.IO.IOException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
