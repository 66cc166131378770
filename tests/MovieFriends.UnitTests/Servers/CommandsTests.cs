using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.AppHost.Commands;
using Xunit;

namespace MovieFriends.UnitTests.Servers;

public sealed class CommandsTests
{
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
