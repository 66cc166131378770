using Microsoft.Extensions.Hosting;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>Stops the host when its streams are over.</summary>
internal sealed class HostLifetime(IHostApplicationLifetime lifetime) : IStreamHost
{
    public void Failed()
    {
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    public void Completed() => lifetime.StopApplication();
}
