using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Kafka brokers in containers. The web interface, a container of its own, is left out.</summary>
public static class KafkaBuilderExtensions
{
    private const int BrokerPort = 9092;
    private const int InternalBrokerPort = 9093;
    private const string DataPath = "/var/lib/kafka/data";

    /// <summary>Adds a broker.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and that of its connection string.</param>
    /// <param name="port">The port clients use; null for any free one.</param>
    public static IResourceBuilder<KafkaServerResource> AddKafka(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var kafka = new KafkaServerResource(name);
        string? connectionString = null;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(kafka, async (_, cancellationToken) =>
            connectionString = await kafka.ConnectionStringExpression.GetValueAsync(cancellationToken)
                ?? throw new DistributedApplicationException($"The connection string of '{name}' was announced and is not known."));

        // One check for all the times it is asked: it keeps a connection.
        var check = $"{name}_check";
        builder.Services.AddKeyedSingleton(check, (_, _) => new KafkaHealthCheck(() => connectionString));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            check, services => services.GetRequiredKeyedService<KafkaHealthCheck>(check), failureStatus: null, tags: null));

        return builder.AddResource(kafka)
            .WithEndpoint(targetPort: BrokerPort, port: port, name: KafkaServerResource.PrimaryEndpointName)
            .WithEndpoint(targetPort: InternalBrokerPort, name: KafkaServerResource.InternalEndpointName)
            .WithImage(KafkaContainerImageTags.Image, KafkaContainerImageTags.Tag)
            .WithImageRegistry(KafkaContainerImageTags.Registry)
            .WithIconName("MailMultiple")
            .WithEnvironment(context => SetListeners(context, kafka))
            .WithHealthCheck(check);
    }

    /// <summary>Keeps the broker's data in a volume.</summary>
    public static IResourceBuilder<KafkaServerResource> WithDataVolume(this IResourceBuilder<KafkaServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly).WithEnvironment("KAFKA_LOG_DIRS", DataPath);
    }

    /// <summary>Keeps the broker's data in a folder of the host.</summary>
    public static IResourceBuilder<KafkaServerResource> WithDataBindMount(this IResourceBuilder<KafkaServerResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataPath, isReadOnly).WithEnvironment("KAFKA_LOG_DIRS", DataPath);
    }

    private static void SetListeners(EnvironmentCallbackContext context, KafkaServerResource kafka)
    {
        var variables = context.EnvironmentVariables;
        variables["KAFKA_LISTENERS"] = string.Create(
            CultureInfo.InvariantCulture,
            $"PLAINTEXT://localhost:29092,CONTROLLER://localhost:29093,PLAINTEXT_HOST://0.0.0.0:{BrokerPort},PLAINTEXT_INTERNAL://0.0.0.0:{InternalBrokerPort}");
        variables["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"] = "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT,PLAINTEXT_INTERNAL:PLAINTEXT";
        // The broker tells clients where it is: those outside of containers, by a port of the machine, and those inside, by its name.
        var (primary, inside) = (kafka.PrimaryEndpoint, kafka.InternalEndpoint);
        variables["KAFKA_ADVERTISED_LISTENERS"] = context.ExecutionContext.IsRunMode
            ? ReferenceExpression.Create($"PLAINTEXT://localhost:29092,PLAINTEXT_HOST://localhost:{kafka.Port},PLAINTEXT_INTERNAL://{kafka.Name}:{inside.Property(EndpointProperty.TargetPort)}")
            : ReferenceExpression.Create($"PLAINTEXT://{kafka.Host}:29092,PLAINTEXT_HOST://{primary.Property(EndpointProperty.HostAndPort)},PLAINTEXT_INTERNAL://{inside.Property(EndpointProperty.HostAndPort)}");
    }
}
