using Microsoft.Extensions.DependencyInjection;
using MovieFriends.AppHost.Terminal;

namespace MovieFriends.AppHost.Live;

internal static class LiveBuilderExtensions
{
    /// <summary>Says every few seconds how far and how fast the stream is.</summary>
    public static void AddLiveFigures(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> producer, IResourceBuilder<ProjectResource> consumer)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        builder.Services
            .AddSingleton(LiveOptions.From(builder.Configuration))
            .AddSingleton<ServiceReader>()
            .AddSingleton<LiveFigures>()
            .AddSingleton(new LiveServices(producer.Resource, consumer.Resource))
            .AddWatcher<LiveLog>();
    }
}
