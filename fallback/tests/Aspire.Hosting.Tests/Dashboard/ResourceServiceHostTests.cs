using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests.Dashboard;

public sealed class ResourceServiceHostTests
{
    private const string UrlSetting = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    private const string KeySetting = "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another")]
    public async Task Who_does_not_show_the_key_is_refused(string? key)
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve").WithExplicitStart().WithCommand("never", "Never", _ => throw new InvalidOperationException("It was given."));
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var headers = key is null ? [] : new Metadata { { ResourceServiceHost.KeyHeader, key } };
        using var watch = client.Calls.WatchResources(new(), headers, cancellationToken: client.Limit);
        using var logs = client.Calls.WatchResourceConsoleLogs(new() { ResourceName = "server" }, headers, cancellationToken: client.Limit);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(client.Limit))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => logs.ResponseStream.MoveNext(client.Limit))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(async () =>
            await client.Calls.ExecuteResourceCommandAsync(new() { ResourceName = "server", CommandName = "never" }, headers, cancellationToken: client.Limit))).StatusCode);
        Assert.DoesNotContain("was given", await host.LogAsync("server"), StringComparison.Ordinal);
        Assert.Equal("Aspire.Hosting.Tests", (await client.Calls.GetApplicationInformationAsync(new(), client.Key, cancellationToken: client.Limit)).ApplicationName);
    }

    [Fact]
    public async Task A_key_and_an_address_can_be_set()
    {
        var port = Processes.LoopbackPort.Next();
        await using var host = new TestHost(new() { [UrlSetting] = $"http://127.0.0.1:{port}", [KeySetting] = "agreed" }, withResourceService: true);
        await host.StartAsync();
        Assert.Equal($"http://127.0.0.1:{port}", await host.Application.Services.GetRequiredService<ResourceServiceHost>().Listening);
        using var client = await ResourceClient.ConnectAsync(host.Application, key: "agreed");
        Assert.NotEmpty((await client.Calls.GetApplicationInformationAsync(new(), client.Key, cancellationToken: client.Limit)).ApplicationName);
    }

    [Fact]
    public void Only_the_loopback_is_listened_on_with_a_key_of_its_own_for_each_run()
    {
        var (one, two) = (Options([]), Options([]));
        Assert.True(one.Endpoint.IsLoopback);
        Assert.Equal(0, one.Endpoint.Port);
        Assert.NotEqual(one.ApiKey, two.ApiKey);
        Assert.Equal(32, one.ApiKey.Length);
        Assert.Equal(22057, Options(new() { [UrlSetting] = "http://localhost:22057" }).Endpoint.Port);
        Assert.Equal(0, Options(new() { [UrlSetting] = "http://localhost:22057", ["DcpPublisher:RandomizePorts"] = "true" }).Endpoint.Port);
        foreach (var address in new[] { "http://0.0.0.0:22057", "http://example.org", "localhost:22057", "nonsense" })
            Assert.Contains(UrlSetting, Assert.Throws<DistributedApplicationException>(() => Options(new() { [UrlSetting] = address })).Message, StringComparison.Ordinal);

        static ResourceServiceOptions Options(Dictionary<string, string?> settings) => ResourceServiceOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    [Theory]
    [InlineData("MovieFriends.AppHost", "MovieFriends")]
    [InlineData("ShopAppHost", "Shop")]
    [InlineData("AppHost", "AppHost")]
    [InlineData("Shop", "Shop")]
    [InlineData(null, "Aspire")]
    public void The_title_is_the_applications_name(string? appHost, string name) => Assert.Equal(name, ResourceServiceOptions.NameOf(appHost));

    [Fact]
    public async Task A_port_that_is_taken_does_not_keep_the_application_from_running()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var host = new TestHost(new() { [UrlSetting] = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" }, withResourceService: true);
        host.Add("job", "exit", "0");
        await host.StartAsync();
        Assert.Null(await host.Application.Services.GetRequiredService<ResourceServiceHost>().Listening);
        await host.ReachAsync("job", KnownResourceStates.Finished);
    }

    [Fact]
    public async Task A_call_that_is_not_known_yet_is_declined_and_the_others_go_on()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve").WithExplicitStart();
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var questions = client.Calls.WatchInteractions(client.Key, cancellationToken: client.Limit);
        await questions.ResponseHeadersAsync;
        await questions.RequestStream.WriteAsync(new() { InteractionId = 7 }, client.Limit);
        var marshaller = Marshallers.Create(text => System.Text.Encoding.UTF8.GetBytes(text), bytes => System.Text.Encoding.UTF8.GetString(bytes));
        var unknown = new Method<string, string>(MethodType.Unary, "aspire.v1.DashboardService", "ReadTheFuture", marshaller, marshaller);
        var declined = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.Channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, new CallOptions(client.Key, cancellationToken: client.Limit), "now"));
        Assert.Equal(StatusCode.Unimplemented, declined.StatusCode);
        await client.ReachAsync("server", KnownResourceStates.NotStarted);
        Assert.Throws<InvalidOperationException>(() => questions.GetStatus());
    }

    [Fact]
    public async Task The_dashboard_is_told_where_to_ask_and_with_which_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        var folder = Directory.CreateTempSubdirectory("aspire-dashboard-tests-").FullName;
        try
        {
            var found = Path.Combine(folder, "environment");
            StandIn(folder, found);
            var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = Path.Combine(folder, "AppHost"), Args = [$"--{KeySetting}=agreed"] });
            builder.Services.AddLogging(l => l.ClearProviders());
            await using var application = builder.Build();
            await application.StartAsync(TestContext.Current.CancellationToken);
            await ProcessTests.Until(() => File.Exists(found), "the dashboard has started");
            var environment = await File.ReadAllLinesAsync(found, TestContext.Current.CancellationToken);
            var url = await application.Services.GetRequiredService<ResourceServiceHost>().Listening;
            Assert.Contains($"{UrlSetting}={url}", environment);
            Assert.Contains("DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE=ApiKey", environment);
            Assert.Contains("DASHBOARD__RESOURCESERVICECLIENT__APIKEY=agreed", environment);
            using (var client = await ResourceClient.ConnectAsync(application))
                await client.Calls.GetApplicationInformationAsync(new(), client.Key, cancellationToken: client.Limit);
            await application.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Without_a_dashboard_nobody_is_listened_to()
    {
        await using var host = new TestHost();
        await host.StartAsync();
        Assert.Null(host.Application.Services.GetService<ResourceServiceHost>());
    }

    // Where the real one would be: writes its environment down, and stays.
    private static void StandIn(string folder, string found)
    {
        Directory.CreateDirectory(Path.Combine(folder, "AppHost"));
        var processor = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        foreach (var platform in new[] { $"linux-{processor}", $"linux-musl-{processor}", $"osx-{processor}" })
        {
            var bin = Directory.CreateDirectory(Path.Combine(folder, "servers", "node_modules", "@microsoft", $"aspire-cli-{platform}", "bin")).FullName;
            var script = Path.Combine(bin, "aspire");
            File.WriteAllText(script, $"#!/bin/sh\nenv > '{found}.new'\nmv '{found}.new' '{found}'\nexec sleep 600\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
