using Microsoft.Extensions.DependencyInjection;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers.Kafka;

internal static class LocalKafkaBuilderExtensions
{
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Adds a broker, and the ZooKeeper that it needs if it is an old one.</summary>
    public static IResourceBuilder<LocalKafkaResource> AddLocalKafka(
        this IDistributedApplicationBuilder builder, string name, KafkaHome home, LocalServerHost host, LocalKafkaOptions options)
    {
        var port = host.Ports.Fixed(options.Port, $"{LocalServersOptions.Section}:{nameof(LocalServersOptions.Kafka)}:{nameof(options.Port)}");
        var partitions = TopicPartitions.From(builder.Configuration);
        var files = new KafkaFiles(host.Folder("kafka", home.Version));
        var resource = new LocalKafkaResource(name, host.Java.Path, files.Folder);
        var kafka = builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: LocalKafkaResource.EndpointName, isProxied: false)
            .WithJava(files.Folder, KafkaCommand.Broker(home, files, options))
            .WithAnnotation(new ClientEnvironmentAnnotation(home.Capabilities.ClientEnvironment))
            .WithKeyedHealthCheck(_ => new KafkaHealthCheck(resource, home.Capabilities));

        return home.Capabilities.NeedsZooKeeper
            ? kafka.WithZooKeeper(home, files, host, port, partitions, options)
            : kafka.WithKRaft(home, files, host, port, partitions, options);
    }

    private static IResourceBuilder<LocalKafkaResource> WithKRaft(
        this IResourceBuilder<LocalKafkaResource> kafka, KafkaHome home, KafkaFiles files, LocalServerHost host, int port, int partitions, LocalKafkaOptions options)
    {
        var controllerPort = host.Ports.Next();
        return kafka.OnBeforeResourceStarted(async (resource, starting, cancellationToken) =>
        {
            KafkaLogging.Write(home, files);
            KafkaSettings.ForKRaft(files, port, controllerPort, partitions).Override(options.Settings).Write(files.Settings);
            await ServerLockFile.WaitUntilFreeAsync(files.Data, KafkaFiles.LockName, cancellationToken);
            var logger = starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
            await KafkaStorage.FormatIfNewAsync(host.Java, home, files, logger, cancellationToken);
        });
    }

    private static IResourceBuilder<LocalKafkaResource> WithZooKeeper(
        this IResourceBuilder<LocalKafkaResource> kafka, KafkaHome home, KafkaFiles files, LocalServerHost host, int port, int partitions, LocalKafkaOptions options)
    {
        var zooKeeperPort = host.Ports.Next();
        var zooKeeper = kafka.ApplicationBuilder.AddLocalZooKeeper("zookeeper", home, host, zooKeeperPort)
            .WithParentRelationship(kafka);
        return kafka
            .WaitFor(zooKeeper)
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                KafkaLogging.Write(home, files);
                KafkaSettings.ForZooKeeper(files, port, zooKeeperPort, partitions).Override(options.Settings).Write(files.Settings);
                await ServerLockFile.WaitUntilFreeAsync(files.Data, KafkaFiles.LockName, cancellationToken);
                await ZooKeeperConnection.WaitUntilUnregisteredAsync(
                    zooKeeperPort, KafkaSettings.BrokerId, RegistrationTimeout, cancellationToken);
            });
    }

    private static IResourceBuilder<LocalZooKeeperResource> AddLocalZooKeeper(
        this IDistributedApplicationBuilder builder, string name, KafkaHome home, LocalServerHost host, int port)
    {
        var files = new KafkaFiles(host.Folder("zookeeper", home.ZooKeeperVersion ?? home.Version));
        var resource = new LocalZooKeeperResource(name, host.Java.Path, files.Folder);
        return builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: LocalZooKeeperResource.EndpointName, isProxied: false)
            .WithJava(files.Folder, KafkaCommand.ZooKeeper(home, files))
            .WithKeyedHealthCheck(_ => new ZooKeeperHealthCheck(port))
            .OnBeforeResourceStarted((_, _, _) =>
            {
                KafkaLogging.Write(home, files);
                KafkaSettings.ZooKeeper(files.Data, port).Write(files.Settings);
                return Task.CompletedTask;
            });
    }
}
