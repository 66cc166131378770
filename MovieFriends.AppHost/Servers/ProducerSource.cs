using Microsoft.Extensions.Configuration;
using MovieFriends.Extensions;

namespace MovieFriends.AppHost.Servers;

/// <summary>Refuses a source of charges that the producer cannot have here.</summary>
internal static class ProducerSource
{
    private const string StandardInput = "-";

    /// <exception cref="ConfigurationException">It is the standard input.</exception>
    public static void Check(IConfiguration configuration)
    {
        // The orchestrator gives no service a standard input: it would be at its end at once, and nothing would be sent.
        if (configuration[AppHostSettings.ProducerSource]?.Trim() == StandardInput)
        {
            throw new ConfigurationException(
                $"{AppHostSettings.ProducerSource} = '{StandardInput}': must be Generator or a file's path, because services have no standard input here. A producer that is started by hand reads it.");
        }
    }
}
