namespace MovieFriends.Hosting.LocalServers.Kafka;

internal static class KafkaHomeExtensions
{
    extension(KafkaHome home)
    {
        /// <summary>What its version can do.</summary>
        public KafkaCapabilities Capabilities => new(home.Numbers);
    }
}
