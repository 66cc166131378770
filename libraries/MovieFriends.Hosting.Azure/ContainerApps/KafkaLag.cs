using Aspire.Hosting.ApplicationModel;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

/// <summary>The scaling rule on the lag of a consumer group. How to connect, the scaler takes from the variables of the app.</summary>
internal static class KafkaLag
{
    private const string Config = "Aspire__Confluent__Kafka__Config__";
    private const string Protocol = $"{Config}SecurityProtocol";

    private static readonly string[] s_signIn = [$"{Config}SaslUsername", $"{Config}SaslPassword"];

    public static string Describe(KafkaLagAnnotation lag) => ManifestJson.Object(
    [
        new("connectionVariable", ManifestJson.Text(lag.ConnectionVariable)),
        new("consumerGroup", ManifestJson.Text(lag.ConsumerGroup)),
        new("topic", ManifestJson.Text(lag.Topic)),
        new("lagThreshold", ManifestJson.Text(lag.LagThreshold)),
    ]);

    /// <exception cref="ConfigurationException">The app is not told what the scaler must know, or is told it in clear.</exception>
    public static void Check(IResource app, KafkaLagAnnotation lag, Dictionary<string, object> variables)
    {
        if (!variables.ContainsKey(lag.ConnectionVariable))
            throw new ConfigurationException($"{app.Name}: {lag.ConnectionVariable} is missing, by which the lag in Kafka is found. Add WithReference to the broker.");

        // Whether a parameter asks for sign-in is known only to whoever deploys.
        var signsIn = variables.TryGetValue(Protocol, out var protocol) && (protocol is not string text || text.StartsWith("Sasl", StringComparison.OrdinalIgnoreCase));
        foreach (var variable in signsIn ? s_signIn : [])
        {
            if (!variables.TryGetValue(variable, out var value))
                throw new ConfigurationException($"{app.Name}: {variable} is missing: who counts the messages in Kafka signs in as the app does.");
            if (!EnvironmentVariables.IsSecret(value))
                throw new ConfigurationException($"{app.Name}: {variable} is in clear, and must be a secret parameter: who counts the messages in Kafka takes it from the secrets of the app.");
        }
    }
}
