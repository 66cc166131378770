using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;

namespace MovieFriends.AppHost.Live;

internal static class LiveBuilderExtensions
{
    /// <summary>Says every few seconds how far and how fast the streams are.</summary>
    public static void AddLiveMetrics(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> producer,
        IResourceBuilder<ProjectResource>? rentalProducer,
        IResourceBuilder<ProjectResource> consumer)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        builder.Services
            .AddSingleton(builder.Configuration.ReadValidated<LiveOptions>(LiveOptions.Section))
            .AddSingleton<ServiceReader>()
            .AddSingleton(new LiveServices(producer.Resource, rentalProducer?.Resource, consumer.Resource))
            .AddWatcher<LiveLog>();
    }
}
