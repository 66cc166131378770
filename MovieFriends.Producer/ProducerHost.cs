using MovieFriends.Kafka;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Producer;

/// <summary>The producer as a host, for its own program and for whoever runs it in another.</summary>
internal static class ProducerHost
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">Is asked first, before anything is read or added.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(ServiceArguments.With(args));
        configure?.Invoke(builder);
        builder.UseListenAddress();
        builder.AddServiceDefaults(ProducerTelemetry.Name);
        builder.AddKafkaDefaults();
        builder.AddKafkaClients("kafka");
        builder.AddProducer();
        builder.Services.AddHostedService<ProducerService>();
        return builder.Build().MapDefaultEndpoints().MapProducerStatus();
    }
}
