using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.AppHost.Commands;
using MovieFriends.Chaos;
using Xunit;

namespace MovieFriends.UnitTests.Servers;

public sealed class CommandsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_resource_with_a_page_can_open_it_while_it_runs()
    {
        var graph = Application().AddExecutable("graph", "program", ".").WithHttpEndpoint(name: "http").WithBrowserCommand("http");

        var command = Assert.Single(Commands(graph.Resource));
        Assert.Equal("Open browser", command.DisplayName);
        Assert.Equal(ResourceCommandState.Enabled, StateIn(command, KnownResourceStates.Running));
        Assert.Equal(ResourceCommandState.Disabled, StateIn(command, KnownResourceStates.Exited));
    }

    [Fact]
    public void A_resource_without_a_page_has_no_such_command()
    {
        var builder = Application();

        Assert.Empty(Commands(builder.AddExecutable("graph", "program", ".").WithEndpoint(name: "bolt", scheme: "bolt").WithBrowserCommand("http").Resource));
        Assert.Empty(Commands(builder.AddConnectionString("external").WithBrowserCommand("http").Resource));
    }

    [Fact]
    public async Task The_page_is_opened_by_the_program_that_the_system_has_for_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Other systems have no program on the path for it.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("moviefriends-");
        var (opener, opened) = (Path.Combine(folder.FullName, "xdg-open"), Path.Combine(folder.FullName, "opened"));
        await File.WriteAllTextAsync(opener, $"#!/bin/sh\necho \"$1\" > '{opened}.new' && mv '{opened}.new' '{opened}'\n", Cancellation);
        File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{folder.FullName}:{path}");
        try
        {
            var graph = Application().AddExecutable("graph", "program", ".").WithHttpEndpoint(name: "http").WithBrowserCommand("http");
            var endpoint = graph.Resource.Annotations.OfType<EndpointAnnotation>().Single();
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 7474);

            var result = await Assert.Single(Commands(graph.Resource)).ExecuteCommand(new ExecuteCommandContext
            {
                Services = new ServiceCollection().BuildServiceProvider(),
                ResourceName = "graph",
                CancellationToken = Cancellation,
                Logger = NullLogger.Instance,
            });

            Assert.True(result.Success, result.Message);
            await Wait.UntilAsync("the page is opened", TimeSpan.FromSeconds(20), () => Task.FromResult(File.Exists(opened)), Cancellation);
            Assert.Equal("http://localhost:7474", (await File.ReadAllTextAsync(opened, Cancellation)).Trim());
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Only_an_application_that_runs_has_the_job_behind_a_command(bool published, int jobs)
    {
        var builder = Application(published ? ["--publisher", "manifest", "--output-path", "manifest.json"] : []);
        var (kafka, graph) = (builder.AddConnectionString("kafka"), builder.AddConnectionString("graph"));
        var (producer, consumer) = (builder.AddProject<Projects.MovieFriends_Producer>("producer"), builder.AddProject<Projects.MovieFriends_Consumer>("consumer"));

        builder.AddCommands(kafka, graph, producer, consumer, builder.AddProject<Projects.MovieFriends_Verifier>("verifier"));

        Assert.Equal(jobs, builder.Resources.Count(resource => resource.Name == "producer-burst"));

        // Without one it would listen where every service without one does.
        Assert.All(builder.Resources.OfType<ProjectResource>().Where(resource => resource.Name == "producer-burst"), burst => Assert.NotEmpty(burst.GetEndpoints()));
        Assert.Equal(jobs, Commands(producer.Resource).Count(command => command.Name == "send-charges"));
        Assert.Equal(jobs, Commands(consumer.Resource).Count(command => command.Name == "verify"));
    }

    private static IDistributedApplicationBuilder Application(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    private static IEnumerable<ResourceCommandAnnotation> Commands(IResource resource) => resource.Annotations.OfType<ResourceCommandAnnotation>();

    private static ResourceCommandState StateIn(ResourceCommandAnnotation command, string state) => command.UpdateState(new UpdateCommandStateContext
    {
        ResourceSnapshot = new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], State = new ResourceStateSnapshot(state, null) },
        Services = new ServiceCollection().BuildServiceProvider(),
    });
}
