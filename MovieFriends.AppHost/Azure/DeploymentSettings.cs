namespace MovieFriends.AppHost.Azure;

/// <summary>
/// What services are told where the application is deployed. Settings of the machine that writes the manifest stay on it: they would count for
/// everybody who deploys from it, with its paths and passwords.
/// </summary>
internal static class DeploymentSettings
{
    /// <summary>The variables of a section: texts, and parameters that whoever deploys can set.</summary>
    public static IEnumerable<(string Variable, object Value)> Of(IDistributedApplicationBuilder builder, string section)
    {
        var external = ServerModeChoice.Parse(builder.Configuration[ServerModeChoice.Key]) == ServerMode.External;
        return section switch
        {
            "Seeder" => [("Seeder__Users", builder.Users())],
            "Producer" => [("Producer__Users", builder.Users()), ("Producer__Rate", builder.AddDeploymentParameter("rate", "50"))],
            "Topics" => [("Topics__Partitions", builder.Partitions())],
            // Nothing there starts one service after another.
            "Consumer" when external => [("Consumer__WaitForUsers", "true")],
            // The broker's data goes with its replica, and the topics with it.
            "Consumer" => [("Consumer__WaitForUsers", "true"), ("Consumer__OnNewTopic", "StartOver")],
            "Aspire:Confluent:Kafka" when external =>
            [
                ("Aspire__Confluent__Kafka__Config__SecurityProtocol", builder.AddDeploymentParameter("kafkaprotocol", "SaslSsl")),
                ("Aspire__Confluent__Kafka__Config__SaslMechanism", builder.AddDeploymentParameter("kafkamechanism", "Plain")),
                ("Aspire__Confluent__Kafka__Config__SaslUsername", builder.AddDeploymentParameter("kafka-user")),
                ("Aspire__Confluent__Kafka__Config__SaslPassword", builder.AddDeploymentParameter("kafka-password")),
            ],
            _ => Array.Empty<(string, object)>(),
        };
    }

    public static IResourceBuilder<ParameterResource> Partitions(this IDistributedApplicationBuilder builder) => builder.AddDeploymentParameter("partitions", "4");

    private static IResourceBuilder<ParameterResource> Users(this IDistributedApplicationBuilder builder) => builder.AddDeploymentParameter("users", "100000");
}
