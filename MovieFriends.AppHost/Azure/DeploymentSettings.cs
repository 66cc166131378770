using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.Azure;

/// <summary>
/// What services are told where the application is deployed. Settings of the machine that writes the manifest stay on it: they would count for
/// everybody who deploys from it, with its paths and passwords.
/// </summary>
internal static class DeploymentSettings
{
    private static readonly Setting[] s_settings =
    [
        new("Seeder__Users", Parameter: "users", Value: "100000"),
        new("Producer__Users", Parameter: "users", Value: "100000"),
        new("Producer__Rate", Parameter: "rate", Value: "50"),
        new("Topics__Partitions", Parameter: "partitions", Value: "4"),

        // Nothing there starts one service after another.
        new("Consumer__WaitForUsers", Value: "true"),

        // The broker's data goes with its replica, and the topics with it.
        new("Consumer__OnNewTopic", Value: "StartOver", Servers: ServerMode.Containers),
        new("Aspire__Confluent__Kafka__Config__SecurityProtocol", Parameter: "kafkaprotocol", Value: "SaslSsl", Servers: ServerMode.External),
        new("Aspire__Confluent__Kafka__Config__SaslMechanism", Parameter: "kafkamechanism", Value: "Plain", Servers: ServerMode.External),
        new("Aspire__Confluent__Kafka__Config__SaslUsername", Parameter: "kafka-user", Servers: ServerMode.External),
        new("Aspire__Confluent__Kafka__Config__SaslPassword", Parameter: "kafka-password", Servers: ServerMode.External),
    ];

    /// <summary>The variables of a section: texts, and parameters that whoever deploys can set.</summary>
    public static IEnumerable<(string Variable, object Value)> Of(IDistributedApplicationBuilder builder, string section)
    {
        var servers = ServerModeChoice.Parse(builder.Configuration[ServerModeChoice.Key]) == ServerMode.External ? ServerMode.External : ServerMode.Containers;
        return s_settings
            .Where(setting => setting.Variable.StartsWith(ConfigurationForwarding.Variable($"{section}:"), StringComparison.Ordinal) && (setting.Servers ?? servers) == servers)
            .Select(setting => (setting.Variable, setting.Parameter is null ? (object)setting.Value! : builder.DeploymentParameter(setting.Parameter)));
    }

    /// <summary>A parameter of the deployment; without a default it is a secret, and azd asks for it. azd takes no dash in the name of one with a default.</summary>
    public static IResourceBuilder<ParameterResource> DeploymentParameter(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name) is { } known)
            return builder.CreateResourceBuilder(known);

        var value = Array.Find(s_settings, setting => setting.Parameter == name)?.Value;
        return value is null ? builder.AddParameter(name, secret: true) : builder.AddParameter(name, value, publishValueAsDefault: true);
    }

    private sealed record Setting(string Variable, string? Parameter = null, string? Value = null, ServerMode? Servers = null);
}
