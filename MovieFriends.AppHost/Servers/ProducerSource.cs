using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

/// <summary>Refuses a source of charges that the producer cannot have here.</summary>
internal static class ProducerSource
{
    private const string Key = "Producer:Source";
    private const string StandardInput = "-";

    /// <exception cref="StartRefusedException">It is the standard input.</exception>
    public static void Check(IConfiguration configuration)
    {
        // The orchestrator gives no service a standard input: it would be at its end at once, and nothing would be sent.
        if (configuration[Key]?.Trim() == StandardInput)
        {
            throw new StartRefusedException(
                $"{Key}: '{StandardInput}' is not allowed here, where services have no standard input; Generator or a file's path is. A producer that is started by hand reads it");
        }
    }
}
