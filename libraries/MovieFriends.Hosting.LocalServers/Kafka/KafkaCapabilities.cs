using System.Globalization;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>What a version of Kafka can do. Questions about a Kafka version are answered here and nowhere else.</summary>
internal sealed record KafkaCapabilities(Version Version)
{
    private static readonly Version s_answersVersionRequests = new(0, 10);
    private static readonly Version s_hasCreateTopicsRequest = new(0, 10, 1);
    private static readonly Version s_hasHeadersAndIdempotence = new(0, 11);
    private static readonly Version s_hasConsumerGroupProtocol = new(4, 0);

    /// <summary>The longest session in milliseconds that a broker admits whose <c>group.max.session.timeout.ms</c> was never raised.</summary>
    private const int OldSessionTimeoutMilliseconds = 30_000;

    public bool NeedsZooKeeper => Version < KafkaHome.Oldest;

    /// <summary>The version whose protocol clients must assume, for brokers that cannot be asked.</summary>
    public string? ProtocolVersion => Version < s_answersVersionRequests ? Version.ToString() : null;

    public bool CreatesTopicsOnRequest => Version >= s_hasCreateTopicsRequest;

    public bool CarriesHeaders => Version >= s_hasHeadersAndIdempotence;

    public bool IsIdempotent => Version >= s_hasHeadersAndIdempotence;

    /// <summary>Kafka before 4 would run on less, but one Java for all local servers is simpler to explain.</summary>
    public const int LeastJava = 17;

    /// <summary>The settings that clients need and cannot find out by asking, as environment variables for Aspire.Confluent.Kafka.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment
    {
        get
        {
            var environment = new Dictionary<string, string>();
            foreach (var role in new[] { "Producer", "Consumer" })
            {
                var config = $"Aspire__Confluent__Kafka__{role}__Config__";
                if (ProtocolVersion is { } version)
                {
                    environment[$"{config}ApiVersionRequest"] = "false";
                    environment[$"{config}BrokerVersionFallback"] = version;
                    if (role == "Consumer")
                    {
                        environment[$"{config}SessionTimeoutMs"] = OldSessionTimeoutMilliseconds.ToString(CultureInfo.InvariantCulture);
                    }
                }

                // The group protocol in which the broker assigns partitions, one by one and without a halt of all.
                if (Version >= s_hasConsumerGroupProtocol && role == "Consumer")
                {
                    environment[$"{config}GroupProtocol"] = "Consumer";
                }

                if (!IsIdempotent && role == "Producer")
                {
                    environment[$"{config}EnableIdempotence"] = "false";
                }
            }

            return environment;
        }
    }
}
