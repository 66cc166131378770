using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

/// <summary>The mode the servers run in, and why it was chosen, in words for the log.</summary>
internal sealed record ServerModeChoice(ServerMode Mode, string Reason)
{
    public const string Key = "Servers";

    /// <summary>Decides on a mode other than <see cref="ServerMode.Auto"/>.</summary>
    /// <param name="configuration">Holds the key <c>Servers</c>; absent or empty means <see cref="ServerMode.Auto"/>.</param>
    /// <param name="isPublishMode">A manifest describes containers, whatever runs on the machine that writes it.</param>
    /// <param name="containerRuntime">Names the container runtime that answers, or gives null; only asked when it matters.</param>
    /// <exception cref="StartRefusedException">The value is not one of the modes.</exception>
    public static ServerModeChoice Choose(
        IConfiguration configuration, bool isPublishMode, Func<string?> containerRuntime)
    {
        var asked = Parse(configuration[Key]);
        return (asked, isPublishMode) switch
        {
            (ServerMode.External, _) => new(ServerMode.External, $"{Key}=External"),
            (_, true) => new(ServerMode.Containers, "a manifest is published"),
            (not ServerMode.Auto, _) => new(asked, $"{Key}={asked}"),
            _ when containerRuntime() is { } runtime => new(ServerMode.Containers, $"{runtime} answers"),
            _ => new(ServerMode.Local, "no container runtime answers"),
        };
    }

    private static ServerMode Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return ServerMode.Auto;
        }

        foreach (var mode in Enum.GetValues<ServerMode>())
        {
            if (string.Equals(mode.ToString(), value.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        throw new StartRefusedException($"{Key}: '{value}' is not known; allowed are {string.Join(", ", Enum.GetNames<ServerMode>())}");
    }
}
