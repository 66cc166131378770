using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests.Dashboard;

public sealed class ConsoleLogTests
{
    [Fact]
    public async Task A_log_is_read_from_its_beginning_and_goes_on()
    {
        await using var host = new TestHost(withResourceService: true);
        var server = host.Add("server", "serve");
        await host.StartAsync();
        await host.WaitForLineAsync("server", "serving");
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var logs = client.Logs((await client.ReachAsync("server", KnownResourceStates.Running)).Name);
        var past = await ReadUntilAsync(logs.ResponseStream, "serving", client.Limit);
        Assert.Equal(1, past[0].LineNumber);
        Assert.False(past[^1].IsStdErr);

        host.Application.Services.GetRequiredService<ResourceLoggerService>().GetLogger(server.Resource).Log(LogLevel.Critical, 0, "too hot", null, (text, _) => text);
        var live = await ReadUntilAsync(logs.ResponseStream, "too hot", client.Limit);
        Assert.True(live[^1].IsStdErr);
        Assert.Equal(past[^1].LineNumber + 1, live[^1].LineNumber);
    }

    [Fact]
    public async Task Who_does_not_follow_gets_the_lines_so_far()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve");
        await host.StartAsync();
        await host.WaitForLineAsync("server", "serving");
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var logs = client.Logs("server", follow: false);
        var lines = await logs.ResponseStream.ReadAllAsync(client.Limit).SelectMany(u => u.LogLines).ToListAsync(client.Limit);
        Assert.EndsWith("serving", Assert.Single(lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_log_of_a_resource_that_is_not_there()
    {
        await using var host = new TestHost(withResourceService: true);
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var logs = client.Logs("nobody");
        var refused = await Assert.ThrowsAsync<RpcException>(() => logs.ResponseStream.MoveNext(client.Limit));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task An_instance_has_its_own_lines_and_those_about_the_resource()
    {
        var logs = new ResourceLoggerService();
        logs.AddInstance("server-1", "server");
        logs.AddInstance("server-2", "server");
        logs.LogOf("server-1").Add("one", isError: false, "server-1");
        logs.LogOf("server-2").Add("two", isError: false, "server-2");
        logs.LogOf("server").Add("all", isError: false);
        Assert.Equal(["one", "all"], await ReadAsync("server-1"));
        Assert.Equal(["two", "all"], await ReadAsync("server-2"));
        Assert.Equal(["one", "two", "all"], await ReadAsync("server"));

        async Task<List<string>> ReadAsync(string name) =>
            await logs.ReadAsync(name, follow: false).SelectMany(b => b).Select(l => l.Content.Split(' ')[^1]).ToListAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reader_that_falls_far_behind_misses_lines_and_not_the_last()
    {
        const int Lines = 300_000;
        await using var host = new TestHost(withResourceService: true);
        var server = host.Add("server", "serve").WithExplicitStart();
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var logs = client.Logs((await client.ReachAsync("server", KnownResourceStates.NotStarted)).Name);
        var log = host.Application.Services.GetRequiredService<ResourceLoggerService>().LogOf("server");
        var text = new string('x', 500);
        log.Add("first", isError: false);
        var read = (await ReadUntilAsync(logs.ResponseStream, "first", client.Limit)).Count;
        for (var i = 0; i < Lines; i++)
            log.Add(text, isError: false);
        log.Add("last", isError: false);

        var rest = await ReadUntilAsync(logs.ResponseStream, "last", client.Limit);
        Assert.Equal(Lines + 2, rest[^1].LineNumber);
        // What the connection holds comes on top of what is kept, and is far less than there was.
        Assert.InRange(read + rest.Count, 1_000, Lines / 2);
        Assert.Equal(rest.Select(l => l.LineNumber).Order(), rest.Select(l => l.LineNumber));
    }

    [Fact]
    public void Lines_are_put_into_messages_that_every_client_takes()
    {
        var huge = new string('€', ConsoleLogUpdates.MaxCharacters * 2);
        var lines = Enumerable.Range(1, 5_000).Select(i => new LogLine(i, "short", IsErrorMessage: false)).Append(new LogLine(5_001, huge, IsErrorMessage: true)).Append(new LogLine(5_002, huge, IsErrorMessage: true)).ToArray();
        var updates = ConsoleLogUpdates.From(lines).ToList();
        Assert.All(updates, u => Assert.InRange(u.CalculateSize(), 1, 2 * 1024 * 1024));
        Assert.Equal(lines.Select(l => l.LineNumber), updates.SelectMany(u => u.LogLines).Select(l => l.LineNumber));
        Assert.Empty(ConsoleLogUpdates.From([]));
    }

    private static async Task<List<ConsoleLogLine>> ReadUntilAsync(IAsyncStreamReader<WatchResourceConsoleLogsUpdate> stream, string text, CancellationToken cancellationToken)
    {
        var lines = new List<ConsoleLogLine>();
        while (await stream.MoveNext(cancellationToken))
        {
            lines.AddRange(stream.Current.LogLines);
            if (lines[^1].Text.EndsWith(text, StringComparison.Ordinal))
                return lines;
        }
        throw new InvalidOperationException($"The log ended before '{text}'.");
    }
}
