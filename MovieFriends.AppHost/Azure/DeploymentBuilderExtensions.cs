using MovieFriends.Contracts.Topics;

namespace MovieFriends.AppHost.Azure;

/// <summary>What servers and consumer are in Azure Container Apps. Where the application runs on this machine, nothing of it counts.</summary>
internal static class DeploymentBuilderExtensions
{
    /// <summary>One broker whose data goes with its replica: a share cannot rename the folders of a topic.</summary>
    public static IResourceBuilder<KafkaServerResource> PublishAsOneReplica(this IResourceBuilder<KafkaServerResource> kafka)
    {
        if (!kafka.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return kafka;

        // The broker calls itself by the loopback, and everybody else calls it by the address that the manifest gives its endpoints.
        var (clients, containers) = (kafka.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort), kafka.Resource.InternalEndpoint.Property(EndpointProperty.HostAndPort));
        return kafka
            .WithEnvironment(context => context.EnvironmentVariables["KAFKA_ADVERTISED_LISTENERS"] =
                ReferenceExpression.Create($"PLAINTEXT://localhost:29092,PLAINTEXT_HOST://{clients},PLAINTEXT_INTERNAL://{containers}"))
            .WithEnvironment("KAFKA_NUM_PARTITIONS", kafka.ApplicationBuilder.Partitions())
            .WithEnvironment("KAFKA_HEAP_OPTS", "-Xms512m -Xmx512m")
            // A replica has 4 GiB of disk: eight partitions of this size leave a third of it.
            .WithEnvironment("KAFKA_LOG_RETENTION_BYTES", "268435456")
            .WithEnvironment("KAFKA_LOG_SEGMENT_BYTES", "67108864")
            .PublishAsContainerApp(cpu: 1, memory: "2Gi", terminationGracePeriodSeconds: 60);
    }

    /// <summary>One database on a file share, or, for a trial, with data that go with its replica.</summary>
    public static IResourceBuilder<Neo4jServerResource> PublishAsOneReplica(this IResourceBuilder<Neo4jServerResource> graph)
    {
        if (!graph.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return graph;

        // An endpoint for HTTP would be the main one, and drivers could not reach the database by its name.
        graph.Resource.Annotations.Remove(graph.Resource.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.UriScheme == "http"));
        return graph
            .WithMemory(heapMegabytes: 1024, pageCacheMegabytes: 256)
            // The image's user owns its files. Without the share's locks (nobrl) two servers could open one store.
            .WithAzureFileShare("/data", mountOptions: "uid=7474,gid=7474,file_mode=0660,dir_mode=0770", storageType: graph.ApplicationBuilder.AddDeploymentParameter("graphstorage", "AzureFile"))
            .PublishAsContainerApp(cpu: 1, memory: "2Gi", terminationGracePeriodSeconds: 60);
    }

    /// <summary>As many consumers as messages wait for, where the broker is outside: who counts them does not see a broker in the environment.</summary>
    public static IResourceBuilder<ProjectResource> ScaleWithLag(this IResourceBuilder<ProjectResource> consumer, ServerModeChoice servers, IResourceBuilder<IResourceWithConnectionString> kafka) =>
        consumer.ApplicationBuilder.ExecutionContext.IsPublishMode && servers.Mode == ServerMode.External
            ? consumer.WithKafkaLagScaling(kafka, "moviefriends", new TopicOptions().Charges, maxReplicas: consumer.ApplicationBuilder.Partitions())
            : consumer;
}
