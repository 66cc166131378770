using System.Net;
using System.Net.Sockets;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class LoopbackPortsTests
{
    [Fact]
    public void No_port_is_given_twice()
    {
        var ports = new LoopbackPorts(new Random(1));
        var given = Enumerable.Range(0, 50).Select(_ => ports.Next()).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 15_000, 31_999));
    }

    [Fact]
    public void A_fixed_port_that_is_taken_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = Assert.Throws<MachineException>(() => new LoopbackPorts(new Random(1)).Fixed(port, "LocalServers:Kafka:Port"));
        Assert.StartsWith($"LocalServers:Kafka:Port = '{port}': this port is taken on 127.0.0.1", refusal.Message, StringComparison.Ordinal);
    }
}
