using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ContainerApps;
using MovieFriends.Extensions;

namespace Aspire.Hosting;

/// <summary>Says how containers and projects are published to Azure Container Apps. Nothing of it changes where they run on this machine.</summary>
public static class ContainerAppBuilderExtensions
{
    private static readonly TimeSpan s_jobTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Publishes the resource as an app that runs until it is deleted.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="cpu">Processors of a replica: 0.25 to 4, in steps of 0.25.</param>
    /// <param name="memory">Memory of a replica, 2 GiB for each processor, for example <c>1Gi</c>.</param>
    /// <param name="replicas">How many replicas there are, 1 to 1,000.</param>
    /// <param name="probePath">A path of the main HTTP endpoint that answers while the process is well. Without it, a probe only connects.</param>
    /// <param name="terminationGracePeriodSeconds">How long a replica may take to end before it is killed: 1 to 600 s.</param>
    /// <exception cref="ConfigurationException">A value is out of range, or there is no such size.</exception>
    public static IResourceBuilder<T> PublishAsContainerApp<T>(
        this IResourceBuilder<T> builder, double cpu = 0.5, string memory = "1Gi", int replicas = 1, string? probePath = null, int terminationGracePeriodSeconds = 30)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Resource.Name;
        Limits.Check(name, "replicas", replicas, 1, 1_000);
        Limits.Check(name, "a termination grace period of seconds", terminationGracePeriodSeconds, 1, 600);
        return builder.Publish(new AppAnnotation(ContainerSize.Of(name, cpu, memory), replicas, probePath, terminationGracePeriodSeconds));
    }

    /// <summary>Publishes the resource as a job that is started by hand.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="cpu">Processors: 0.25 to 4, in steps of 0.25.</param>
    /// <param name="memory">Memory, 2 GiB for each processor, for example <c>1Gi</c>.</param>
    /// <param name="timeout">How long a run may take, 1 s to 7 days; 30 minutes if null.</param>
    /// <param name="retries">How often a run that failed is tried again, 0 to 10.</param>
    /// <exception cref="ConfigurationException">A value is out of range, or there is no such size.</exception>
    public static IResourceBuilder<T> PublishAsContainerAppJob<T>(
        this IResourceBuilder<T> builder, double cpu = 0.5, string memory = "1Gi", TimeSpan? timeout = null, int retries = 0)
        where T : IComputeResource => builder.PublishAsJob(cron: null, cpu, memory, timeout, retries);

    /// <summary>Publishes the resource as a job that starts by the clock.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="cronExpression">When, in UTC: minute, hour, day of the month, month and day of the week.</param>
    /// <param name="cpu">Processors: 0.25 to 4, in steps of 0.25.</param>
    /// <param name="memory">Memory, 2 GiB for each processor, for example <c>1Gi</c>.</param>
    /// <param name="timeout">How long a run may take, 1 s to 7 days; 30 minutes if null. A run that is still busy does not hold back the next.</param>
    /// <param name="retries">How often a run that failed is tried again, 0 to 10.</param>
    /// <exception cref="ConfigurationException">A value is out of range, or there is no such size or no such time.</exception>
    public static IResourceBuilder<T> PublishAsScheduledContainerAppJob<T>(
        this IResourceBuilder<T> builder, string cronExpression, double cpu = 0.5, string memory = "1Gi", TimeSpan? timeout = null, int retries = 0)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(cronExpression);
        if (cronExpression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5)
            throw new ConfigurationException($"{builder.Resource.Name}: '{cronExpression}' is no schedule of a job: it has five fields, for example */10 * * * *.");

        return builder.PublishAsJob(cronExpression, cpu, memory, timeout, retries);
    }

    /// <summary>
    /// Keeps the volume at <paramref name="path"/> in a file share of Azure Storage, which stays when the replica goes. Every other volume is the
    /// replica's own and goes with it.
    /// </summary>
    /// <typeparam name="T">The kind of container.</typeparam>
    /// <param name="builder">The container; it has the volume already.</param>
    /// <param name="path">Where the container has the volume.</param>
    /// <param name="share">The name of the share, 3 to 32 lower-case letters, digits and dashes; the container's name and <c>-data</c> if null.</param>
    /// <param name="mountOptions">How the share is mounted, for example <c>uid=1000,gid=1000</c>; a share knows no owners of files.</param>
    /// <param name="storageType"><c>AzureFile</c>, or <c>EmptyDir</c> for a volume that goes with the replica, where whoever deploys is to decide.</param>
    /// <exception cref="ConfigurationException">There is no volume at the path.</exception>
    public static IResourceBuilder<T> WithAzureFileShare<T>(
        this IResourceBuilder<T> builder, string path, string? share = null, string? mountOptions = null, IResourceBuilder<ParameterResource>? storageType = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var resource = builder.Resource;
        if (!resource.Annotations.OfType<ContainerMountAnnotation>().Any(mount => mount.Type == ContainerMountType.Volume && mount.Target == path))
            throw new ConfigurationException($"{resource.Name}: there is no volume at '{path}' for a file share. Add it with WithVolume before.");

        return builder.WithAnnotation(new FileShareAnnotation(path, share ?? $"{resource.Name.ToLowerInvariant()}-data", mountOptions, storageType?.Resource));
    }

    /// <summary>
    /// Adds replicas of an app while messages wait for its consumer group, up to one for each partition. How to connect is what the app itself is told:
    /// its connection string, and <c>Aspire:Confluent:Kafka:Config</c> for security protocol, mechanism, user and password, the last two as secrets.
    /// The broker must be outside of the environment: who counts the messages does not see apps that speak TCP.
    /// </summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The app, which references <paramref name="kafka"/>.</param>
    /// <param name="kafka">The broker.</param>
    /// <param name="consumerGroup">The group that the app commits its offsets to.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="maxReplicas">The most replicas; the number of partitions, because a further one would have nothing to do.</param>
    /// <param name="lagThreshold">How many waiting messages are worth a replica, at least 1.</param>
    /// <exception cref="ConfigurationException">The threshold is below 1.</exception>
    public static IResourceBuilder<T> WithKafkaLagScaling<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        string consumerGroup,
        string topic,
        IResourceBuilder<ParameterResource> maxReplicas,
        int lagThreshold = 10_000)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(kafka);
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(maxReplicas);
        Limits.Check(builder.Resource.Name, "waiting messages for a replica", lagThreshold, 1, int.MaxValue);
        var connection = kafka.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{kafka.Resource.Name}";
        return builder.WithAnnotation(new KafkaLagAnnotation(connection, consumerGroup, topic, maxReplicas.Resource, lagThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> PublishAsJob<T>(this IResourceBuilder<T> builder, string? cron, double cpu, string memory, TimeSpan? timeout, int retries)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Resource.Name;
        var seconds = (timeout ?? s_jobTimeout).TotalSeconds;
        Limits.Check(name, "a time-out of seconds", seconds, 1, TimeSpan.FromDays(7).TotalSeconds);
        Limits.Check(name, "retries", retries, 0, 10);
        return builder.Publish(new JobAnnotation(ContainerSize.Of(name, cpu, memory), cron, (int)seconds, retries));
    }

    // The last statement of the kind counts.
    private static IResourceBuilder<T> Publish<T>(this IResourceBuilder<T> builder, PublishAnnotation annotation)
        where T : IComputeResource => builder.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);
}
