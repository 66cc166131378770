using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;

namespace MovieFriends.AppHost.Demo;

internal static class DemoBuilderExtensions
{
    /// <summary>
    /// Turns the application into one job that ends: seed, produce, consume all of it, verify. Shows how far it is, and sets the exit code.
    /// </summary>
    public static void AddDemo(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> seeder,
        IResourceBuilder<ProjectResource> producer,
        IResourceBuilder<ProjectResource>? rentals,
        IResourceBuilder<ProjectResource> consumer,
        IResourceBuilder<ProjectResource> verifier)
    {
        seeder.WithReportedProgress();
        producer.WithReportedProgress().WithEnvironment("Producer__Mode", "Load");
        consumer.WithReportedProgress().WithEnvironment("Consumer__StopAt", "End").WaitForCompletion(producer);
        if (rentals is not null)
        {
            rentals.WithReportedProgress().WithEnvironment("Producer__Mode", "Load");
            consumer.WaitForCompletion(rentals);
        }

        verifier.WithReportedProgress().WaitForCompletion(consumer).StartsByItself();

        var options = builder.Configuration.ReadValidated<DemoOptions>(DemoOptions.Section);
        builder.Services
            .AddSingleton(options)
            .AddSingleton<DemoWatch>()
            .AddSingleton<DemoServers>()
            .AddSingleton<ServiceFailures>()
            .AddSingleton<DemoReportCollector>()
            .AddSingleton<DemoJob>()
            .AddWatcher<DemoService>(new DemoStages(seeder.Resource, producer.Resource, rentals?.Resource, consumer.Resource, verifier.Resource));
    }

    /// <summary>Lets a service say how far it is in a form, and as often, as the console needs.</summary>
    private static IResourceBuilder<ProjectResource> WithReportedProgress(this IResourceBuilder<ProjectResource> service) => service
        // In the case of the name that Aspire itself sets: on Linux another case would be another variable beside it.
        .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "json")
        .WithEnvironment("Progress__IntervalSeconds", "0.5");

    private static void StartsByItself(this IResourceBuilder<ProjectResource> service)
    {
        foreach (var annotation in service.Resource.Annotations.OfType<ExplicitStartupAnnotation>().ToArray())
            service.Resource.Annotations.Remove(annotation);
    }
}
