using System.Net;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Security;

public sealed class LoopbackTests(RunningServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Local_servers_and_services_listen_to_this_machine_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems show sockets elsewhere.");
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        await using var consumer = scenario.StartProcess("consumer");
        await using var producer = scenario.StartProcess("producer", "Producer:Mode=Live", "Producer:Rate=1", "Producer:Users=10");
        int[] services = [PortOf(await consumer.LineAsync("Now listening on: ", Cancellation)), PortOf(await producer.LineAsync("Now listening on: ", Cancellation))];

        var sockets = ListeningSockets.Of(Environment.ProcessId, servers.Kafka.ProcessId, servers.Graph.ProcessId);

        Assert.All(sockets, socket => Assert.True(IsLoopback(socket.Address.Address), $"process {socket.Process} listens on {socket.Address}"));

        // They really are among what was looked at.
        Assert.Contains(sockets, socket => socket.Process == servers.Kafka.ProcessId);
        Assert.Contains(sockets, socket => socket.Process == servers.Graph.ProcessId && socket.Address.Port == GraphConnection.Parse(servers.DirectEnvironment).Endpoint.Port);
        Assert.All(services, port => Assert.Contains(sockets, socket => socket.Address.Port == port));
    }

    private static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static int PortOf(string line) => new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()).Port;
}
