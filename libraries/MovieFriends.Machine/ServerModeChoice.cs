namespace MovieFriends.Machine;

/// <summary>The mode the servers run in, and why it was chosen, in words for the log.</summary>
internal sealed record ServerModeChoice(ServerMode Mode, string Reason)
{
    /// <summary>The setting that names the mode.</summary>
    public const string Key = "Servers";

    /// <summary>Decides on a mode other than <see cref="ServerMode.Auto"/>.</summary>
    /// <param name="asked">The mode that was asked for.</param>
    /// <param name="isPublishMode">A manifest describes containers, whatever runs on the machine that writes it.</param>
    /// <param name="containerRuntime">Names the container runtime that answers, or gives null; only asked when it matters.</param>
    public static ServerModeChoice Choose(ServerMode asked, bool isPublishMode, Func<string?> containerRuntime) => (asked, isPublishMode) switch
    {
        (ServerMode.External, _) => new(ServerMode.External, $"{Key}=External"),
        (_, true) => new(ServerMode.Containers, "a manifest is published"),
        (not ServerMode.Auto, _) => new(asked, $"{Key}={asked}"),
        _ when containerRuntime() is { } runtime => new(ServerMode.Containers, $"{runtime} answers"),
        _ => new(ServerMode.Local, "no container runtime answers"),
    };

    /// <summary>Reads a mode.</summary>
    /// <param name="value">The value of the setting; absent or empty means <see cref="ServerMode.Auto"/>.</param>
    /// <returns>Null if it is not one of the modes.</returns>
    public static ServerMode? Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return ServerMode.Auto;

        // Enum.TryParse would take numbers and lists, too.
        return Enum.GetValues<ServerMode>().Cast<ServerMode?>().FirstOrDefault(mode => string.Equals(mode.ToString(), value.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What the setting can be, for messages.</summary>
    public static string Allowed => string.Join(", ", Enum.GetNames<ServerMode>());
}
