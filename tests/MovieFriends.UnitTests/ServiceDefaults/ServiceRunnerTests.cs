using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

/// <summary>What becomes of a service is its exit code, which supervisors go by.</summary>
public sealed class ServiceRunnerTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_service_that_stops_by_itself_ends_well() =>
        Assert.Equal(ServiceRunner.Ok, await RunAsync(exit => exit.Stop()));

    [Fact]
    public async Task The_first_failure_is_the_exit_code() =>
        Assert.Equal(ServiceRunner.Failed, await RunAsync(exit =>
        {
            exit.Stop(ServiceRunner.Failed);
            exit.Stop();
        }));

    [Fact]
    public async Task An_error_that_nobody_expected_is_a_failure_too() =>
        Assert.Equal(ServiceRunner.Failed, await RunAsync(_ => throw new InvalidOperationException("Nobody expected this.")));

    public static TheoryData<Exception, int, string> Ends => new()
    {
        { new ConfigurationException("Consumer:GroupId = '': must not be empty."), ServiceRunner.Misconfigured, "Consumer:GroupId = '': must not be empty." },
        { new FatalException("Nothing mends it."), ServiceRunner.Failed, "Nothing mends it." },
        { new IOException("No space left on device"), ServiceRunner.Failed, "The service cannot run: No space left on device" },
        { new IOException("Port 5000 is in use.", new Microsoft.AspNetCore.Connections.AddressInUseException("in use")), ServiceRunner.Misconfigured, "Port 5000 is in use." },
        { new UnauthorizedAccessException("Access to '/dump'\nis denied."), ServiceRunner.Failed, "The service cannot run: Access to '/dump' is denied." },
        { new System.Net.Sockets.SocketException(24), ServiceRunner.Failed, "The service cannot run: Too many open files" },
        { new InvalidOperationException("Oh."), ServiceRunner.Failed, "The service failed where nobody expected it: InvalidOperationException: Oh. (at MovieFriends" },
    };

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_keeps_it_from_starting_is_one_line_and_an_exit_code(Exception exception, int code, string line)
    {
        using var errors = new StringWriter();

        Assert.Equal(code, await ServiceRunner.RunAsync(() => throw exception, errors, TestContext.Current.CancellationToken));

        Assert.StartsWith(line, errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_wrong_setting_has_an_exit_code_of_its_own() =>
        Assert.Equal(ServiceRunner.Misconfigured, await ServiceRunner.RunAsync(() => throw new ConfigurationException("Consumer:BatchSize is -1.")).WaitAsync(s_timeout, TestContext.Current.CancellationToken));

    private static Task<int> RunAsync(Action<ServiceExit> work) => ServiceRunner.RunAsync(() =>
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<ServiceExit>();
        builder.Services.AddHostedService(services => new Service(() => work(services.GetRequiredService<ServiceExit>())));
        return builder.Build();
    }).WaitAsync(s_timeout, TestContext.Current.CancellationToken);

    private sealed class Service(Action work) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            work();
        }
    }
}
