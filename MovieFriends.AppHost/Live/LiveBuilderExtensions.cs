using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MovieFriends.AppHost.Terminal;
using Spectre.Console;

namespace MovieFriends.AppHost.Live;

internal static class LiveBuilderExtensions
{
    /// <summary>
    /// Shows what the application does while it runs: a table that is redrawn in place on a terminal, a line every few seconds elsewhere.
    /// </summary>
    public static void AddLiveView(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> producer, IResourceBuilder<ProjectResource> consumer)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var console = TerminalConsole.Create();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(LiveOptions.From(builder.Configuration))
            .AddSingleton<ServiceReader>()
            .AddSingleton<LiveFigures>()
            .AddSingleton<ResourceStates>()
            .AddSingleton(new LiveServices(producer.Resource, consumer.Resource));

        // A test that hosts the application has a terminal of its own to write to.
        if (!console.IsLive() || Assembly.GetEntryAssembly() != typeof(LiveBuilderExtensions).Assembly)
        {
            builder.Services.AddHostedService<LiveLog>();
            return;
        }

        builder.Services.AddSingleton<IAnsiConsole>(console).AddHostedService<LiveView>();

        // A log that wrote to the terminal on its own would tear the table.
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new TerminalLoggerProvider(console)));
    }
}
