using System.Net;
using System.Net.Sockets;
using System.Text;
using MovieFriends.Chaos.Network;
using Xunit;

namespace MovieFriends.UnitTests.Chaos;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(s_timeout);
    private TcpProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _server.Start();
        _proxy = TcpProxy.Start(((IPEndPoint)_server.LocalEndpoint).Port);
        _ = EchoAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _proxy.DisposeAsync();
        _server.Stop();
        _stop.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_in_both_directions()
    {
        using var client = await ConnectAsync();

        Assert.Equal("hello", await AskAsync(client, "hello"));
    }

    [Fact]
    public async Task A_cut_drops_connections_and_refuses_new_ones_until_it_is_mended()
    {
        using var before = await ConnectAsync();
        await AskAsync(before, "hello");

        _proxy.Cut();

        await Assert.ThrowsAnyAsync<IOException>(() => AskAsync(before, "lost"));
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        _proxy.Restore();
        using var after = await ConnectAsync();
        Assert.Equal("again", await AskAsync(after, "again"));
    }

    [Fact]
    public async Task A_stall_passes_nothing_until_it_is_over()
    {
        using var client = await ConnectAsync();
        _proxy.Stall();

        var asking = AskAsync(client, "later");
        await Assert.ThrowsAsync<TimeoutException>(() => asking.WaitAsync(s_moment, TestContext.Current.CancellationToken));
        _proxy.Restore();

        Assert.Equal("later", await asking);
    }

    [Fact]
    public async Task A_delay_holds_each_direction_for_as_long_as_it_says()
    {
        using var client = await ConnectAsync();
        _proxy.Delay(s_moment, TimeSpan.Zero);

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("slow", await AskAsync(client, "slow"));

        // A timer counts whole ticks of a coarser clock than this one, and may so be a few milliseconds early.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), s_moment * 1.8, s_timeout);
    }

    [Fact]
    public async Task A_lost_answer_belongs_to_a_request_that_has_arrived()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, "one");
        var lost = _proxy.LoseAnswerAsync(request => Encoding.ASCII.GetString(request.Span) == "commit");

        Assert.Equal("two", await AskAsync(client, "two"));
        await Assert.ThrowsAnyAsync<IOException>(() => AskAsync(client, "commit"));

        await lost.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        Assert.Equal("one two commit", string.Join(' ', _received));
        using var after = await ConnectAsync();
        Assert.Equal("three", await AskAsync(after, "three"));
    }

    [Fact]
    public async Task Connections_are_dropped_after_as_many_bytes_as_are_let_through()
    {
        using var client = await ConnectAsync();
        var dropped = _proxy.DropAfterAsync(7, Direction.ToServer);

        Assert.Equal("four", await AskAsync(client, "four"));
        await Assert.ThrowsAnyAsync<IOException>(() => AskAsync(client, "more"));

        await dropped.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_commit_is_recognised_in_old_and_new_bolt()
    {
        Assert.True(BoltRequests.IsCommit(new byte[] { 0x00, 0x02, 0xB0, 0x12, 0x00, 0x00 }));
        Assert.True(BoltRequests.IsCommit("..COMMIT.."u8.ToArray()));
        Assert.False(BoltRequests.IsCommit(new byte[] { 0x00, 0x02, 0xB0, 0x13, 0x00, 0x00 }));
    }

    private readonly List<string> _received = [];

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, _stop.Token);
        return client;
    }

    private async Task<string> AskAsync(TcpClient client, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        await client.GetStream().WriteAsync(bytes, _stop.Token);
        await client.GetStream().ReadExactlyAsync(bytes, _stop.Token);
        return Encoding.ASCII.GetString(bytes);
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true)
                _ = EchoAsync(await _server.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        using (client)
        {
            var buffer = new byte[1024];
            try
            {
                while (await client.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
                {
                    lock (_received)
                        _received.Add(Encoding.ASCII.GetString(buffer, 0, count));
                    await client.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The connection was cut.
            }
        }
    }
}
