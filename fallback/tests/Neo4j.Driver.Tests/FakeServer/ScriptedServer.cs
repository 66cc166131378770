using System.Net;
using System.Net.Sockets;
using Neo4j.Driver.Connections;

namespace Neo4j.Driver.Tests.FakeServer;

/// <summary>
/// A server on a loopback port that plays one script per connection, for the faults that a real server cannot be made
/// to show. A script that fails fails the test when the server is disposed of.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _play;

    public ScriptedServer(params Func<ScriptedConnection, Task>[] scripts)
    {
        _listener.Start();
        _play = PlayAsync(scripts);
    }

    public Uri Uri => new($"bolt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public DirectDriver Driver(Action<ConfigBuilder> configure = null, TimeProvider time = null)
    {
        var builder = new ConfigBuilder(new Config());
        builder.WithMaxTransactionRetryTime(TimeSpan.FromSeconds(30));
        configure?.Invoke(builder);
        var config = builder.Build();
        time ??= new InstantTime();
        var connector = new Connector(Uri, Encryption.For(Uri, config), config, time);
        return new DirectDriver(config, false, connector, AuthToken.Of(AuthTokens.Basic("neo4j", "secret")), time);
    }

    /// <summary>Waits until every script has been played.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _play.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            _listener.Dispose();
        }
    }

    private async Task PlayAsync(Func<ScriptedConnection, Task>[] scripts)
    {
        var running = new List<Task>();
        foreach (var script in scripts)
        {
            var connection = new ScriptedConnection(await _listener.AcceptSocketAsync());
            running.Add(RunAsync(script, connection));
        }

        await Task.WhenAll(running);
    }

    private static async Task RunAsync(Func<ScriptedConnection, Task> script, ScriptedConnection connection)
    {
        using (connection)
        {
            await script(connection);
        }
    }
}
