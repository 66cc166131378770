using MovieFriends.KafkaToNeo4j;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Consumer;

/// <summary>Ends the service together with its stream.</summary>
internal sealed class StreamHost(ServiceExit exit) : IStreamHost
{
    public void Failed() => exit.Stop(ServiceRunner.Failed);

    public void Completed() => exit.Stop();
}
