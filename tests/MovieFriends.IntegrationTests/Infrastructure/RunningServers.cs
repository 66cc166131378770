using MovieFriends.Chaos.Network;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningServers))]

// Scenarios share one database, and each begins with an empty one.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Kafka and Neo4j as the AppHost starts them on this machine, without the services; once for all tests.</summary>
public sealed class RunningServers : IAsyncLifetime
{
    // A member that was killed is missed sooner than in the product's own set-up, so that nobody waits for it. Brokers of 2017 have other settings.
    private static readonly string[] s_shortSessions =
    [
        "--LocalServers:Kafka:Settings:group.consumer.min.session.timeout.ms=6000",
        "--LocalServers:Kafka:Settings:group.consumer.session.timeout.ms=6000",
    ];

    private ServersUnderTest? _servers;

    /// <summary>What a service that is started by hand needs: connection strings and client settings, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment => _servers!.Environment;

    /// <summary>The same, but the graph past its link.</summary>
    public IReadOnlyDictionary<string, string> DirectEnvironment => _servers!.DirectEnvironment;

    /// <summary>Whether the broker keeps message headers.</summary>
    public bool HasHeaders => _servers!.HasHeaders;

    /// <summary>Whether the database takes a time limit for a transaction, and has sign-in: Neo4j 3.1 has neither.</summary>
    public bool HasTransactionTimeout => !Environment.ContainsKey("Consumer__TransactionTimeout");

    internal Server Kafka => _servers!.Kafka;

    internal Server Graph => _servers!.Graph;

    /// <summary>Between clients and Kafka.</summary>
    internal TcpProxy KafkaLink => _servers!.KafkaLink;

    /// <summary>Between services and Neo4j.</summary>
    internal TcpProxy GraphLink => _servers!.GraphLink;

    public async ValueTask InitializeAsync() => _servers = await ServersUnderTest.StartAsync(
        withLinks: true,
        System.Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } ? s_shortSessions : [],
        TestContext.Current.CancellationToken);

    /// <summary>Puts everything right, so that a test which failed does not fail the next. Servers that cannot be started again are replaced.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        try
        {
            GraphLink.Restore();
            KafkaLink.Restore();
            foreach (var server in new[] { Kafka, Graph })
            {
                server.Continue();
                if (server.IsDown)
                    await server.RestartAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            TestContext.Current.SendDiagnosticMessage($"The servers are replaced: {exception.Message}");
            await DisposeAsync();
            await InitializeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
            await _servers.DisposeAsync();
    }
}
