using MovieFriends.Chaos.Network;

namespace MovieFriends.Chaos.Servers;

/// <summary>A broker that leads its clients to a link, while it reaches itself past it.</summary>
internal static class KafkaListeners
{
    private const string Settings = "--LocalServers:Kafka:Settings:";

    /// <param name="port">Where the broker listens for clients.</param>
    /// <param name="advertisedPort">Where clients are told to connect to.</param>
    /// <param name="isKRaft">Whether the broker is its own controller; if not, it is one of the days of ZooKeeper.</param>
    /// <returns>The AppHost's arguments.</returns>
    public static IEnumerable<string> Arguments(int port, int advertisedPort, bool isKRaft)
    {
        yield return $"--LocalServers:Kafka:Port={port}";
        var advertised = $"PLAINTEXT://127.0.0.1:{advertisedPort}";
        if (!isKRaft)
        {
            // Before Kafka 0.10.2 a listener's name is its protocol: the broker has but one.
            yield return $"{Settings}advertised.listeners={advertised}";
            yield break;
        }

        // A coordinator of transactions writes its markers to brokers, also to itself, over the brokers' listener.
        var (internalPort, controllerPort) = (FreePorts.Next(), FreePorts.Next());
        yield return $"{Settings}advertised.listeners={advertised},INTERNAL://127.0.0.1:{internalPort}";
        yield return $"{Settings}listeners=PLAINTEXT://127.0.0.1:{port},INTERNAL://127.0.0.1:{internalPort},CONTROLLER://127.0.0.1:{controllerPort}";
        yield return $"{Settings}controller.quorum.voters=0@127.0.0.1:{controllerPort}";
        yield return $"{Settings}inter.broker.listener.name=INTERNAL";
        yield return $"{Settings}listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT";
    }
}
