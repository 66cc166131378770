using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;
using MovieFriends.Hosting.LocalServers;
using MovieFriends.Hosting.LocalServers.Kafka;

namespace Aspire.Hosting;

/// <summary>Adds Kafka brokers as processes of this machine.</summary>
public static class LocalKafkaBuilderExtensions
{
    private static readonly TimeSpan s_registrationTimeout = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Adds the Kafka that <c>KAFKA_HOME</c> names, or else one from npm, with the ZooKeeper that it needs if it is an old one. It listens on the
    /// loopback address alone. Resources that reference it are told what their client must know of an old broker and cannot ask.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="options">Settings; those of the section <c>LocalServers:Kafka</c> if null.</param>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    /// <exception cref="MovieFriends.Machine.MachineException">Java or Kafka is missing or too old, or the port is taken.</exception>
    public static IResourceBuilder<LocalKafkaResource> AddLocalKafka(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, LocalKafkaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var configured = options ?? builder.Configuration.ReadValidated<LocalKafkaOptions>(LocalServersOptions.KafkaSection);
        var host = LocalServerHost.Of(builder);
        var home = KafkaHome.Find(builder.Configuration[KafkaHome.Variable], host.PackagesPath);
        host.Java.Require(KafkaCapabilities.LeastJava, home.ToString());

        var capabilities = home.Capabilities;
        var port = host.Ports.Fixed(configured.Port, $"{LocalServersOptions.KafkaSection}:{nameof(configured.Port)}");
        var files = new KafkaFiles(host.Folder("kafka", home.Version));
        var resource = new LocalKafkaResource(name, host.Java.Path, files.Folder)
        {
            Version = home.Version,
            CreatesTopicsOnRequest = capabilities.CreatesTopicsOnRequest,
            CarriesHeaders = capabilities.CarriesHeaders,
        };
        var kafka = builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: LocalKafkaResource.EndpointName, isProxied: false)
            .WithJava(files.Folder, KafkaCommand.Broker(home, files, configured))
            .WithKeyedHealthCheck(_ => new KafkaHealthCheck(resource, capabilities));
        foreach (var (variable, value) in capabilities.ClientEnvironment)
            kafka.WithClientEnvironment(variable, value);

        return capabilities.NeedsZooKeeper
            ? kafka.WithZooKeeper(home, files, host, port, configured)
            : kafka.WithKRaft(home, files, host, port, configured);
    }

    /// <summary>Sets how many partitions a topic gets that the broker creates by itself; 1 by default.</summary>
    /// <param name="builder">The broker.</param>
    /// <param name="partitions">At least 1.</param>
    public static IResourceBuilder<LocalKafkaResource> WithDefaultPartitions(this IResourceBuilder<LocalKafkaResource> builder, int partitions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        builder.Resource.DefaultPartitions = partitions;
        return builder;
    }

    private static IResourceBuilder<LocalKafkaResource> WithKRaft(
        this IResourceBuilder<LocalKafkaResource> kafka, KafkaHome home, KafkaFiles files, LocalServerHost host, int port, LocalKafkaOptions options)
    {
        var controllerPort = host.Ports.Next();
        return kafka.OnBeforeResourceStarted(async (resource, starting, cancellationToken) =>
        {
            KafkaLogging.Write(home, files);
            KafkaSettings.ForKRaft(files, port, controllerPort, resource.DefaultPartitions).Override(options.Settings).Write(files.Settings);
            await ServerLockFile.WaitUntilFreeAsync(files.Data, KafkaFiles.LockName, cancellationToken);
            var logger = starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
            await KafkaStorage.FormatIfNewAsync(host.Java, home, files, logger, cancellationToken);
        });
    }

    private static IResourceBuilder<LocalKafkaResource> WithZooKeeper(
        this IResourceBuilder<LocalKafkaResource> kafka, KafkaHome home, KafkaFiles files, LocalServerHost host, int port, LocalKafkaOptions options)
    {
        var zooKeeperPort = host.Ports.Next();
        var zooKeeper = kafka.ApplicationBuilder.AddLocalZooKeeper("zookeeper", home, host, zooKeeperPort)
            .WithParentRelationship(kafka);
        return kafka
            .WaitFor(zooKeeper)
            .OnBeforeResourceStarted(async (resource, _, cancellationToken) =>
            {
                KafkaLogging.Write(home, files);
                KafkaSettings.ForZooKeeper(files, port, zooKeeperPort, resource.DefaultPartitions).Override(options.Settings).Write(files.Settings);
                await ServerLockFile.WaitUntilFreeAsync(files.Data, KafkaFiles.LockName, cancellationToken);
                await ZooKeeperConnection.WaitUntilUnregisteredAsync(
                    zooKeeperPort, KafkaSettings.BrokerId, s_registrationTimeout, cancellationToken);
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
