using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ContainerApps;

/// <summary>What becomes of a resource.</summary>
internal abstract record PublishAnnotation(ContainerSize Size) : IResourceAnnotation;

internal sealed record AppAnnotation(ContainerSize Size, int Replicas, string? ProbePath, int TerminationGracePeriodSeconds) : PublishAnnotation(Size);

internal sealed record JobAnnotation(ContainerSize Size, string? Cron, int TimeoutSeconds, int Retries) : PublishAnnotation(Size);

internal sealed record FileShareAnnotation(string Path, string Share, string? MountOptions, ParameterResource? StorageType) : IResourceAnnotation;

internal sealed record KafkaLagAnnotation(string ConnectionVariable, string ConsumerGroup, string Topic, ParameterResource MaxReplicas, int LagThreshold) : IResourceAnnotation;
