using MovieFriends.KafkaToNeo4j;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Consumer;

/// <summary>The consumer as a host, for its own program and for whoever runs it in another.</summary>
internal static class ConsumerHost
{
    /// <summary>The name of the graph below <c>ConnectionStrings</c>.</summary>
    public const string GraphConnection = "graph";

    /// <param name="args">The command line.</param>
    /// <param name="configure">Is asked first, before anything is read or added.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(ServiceArguments.With(args));
        configure?.Invoke(builder);
        builder.UseListenAddress();
        builder.AddServiceDefaults(StreamInfo.TelemetryName);
        builder.AddConsumer("kafka", GraphConnection);
        return builder.Build().MapDefaultEndpoints().MapConsumerStatus();
    }
}
