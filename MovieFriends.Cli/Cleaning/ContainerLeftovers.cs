using MovieFriends.Cli.Running;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Cleaning;

/// <summary>
/// Volumes of this checkout, and containers that use them. Nothing else is ours: containers are known by the volumes that they use,
/// and volumes by their names.
/// </summary>
internal sealed class ContainerLeftovers(Checkout checkout, Display display)
{
    // A container that is removed is given ten seconds to stop by the engine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Deletes what is there, or says that it stays.</summary>
    /// <param name="delete">Delete, rather than say.</param>
    /// <param name="hasPassword">Whether there is a password of a database.</param>
    /// <param name="cancellationToken">Ends the cleaning before its end.</param>
    /// <returns>Whether the password opens a database that is still there, of this checkout or another one.</returns>
    public async Task<bool> CleanAsync(bool delete, bool hasPassword, CancellationToken cancellationToken)
    {
        if (await ContainerRuntime.FindAsync(cancellationToken) is null)
        {
            if (hasPassword || delete)
                display.Line("No container engine answers: volumes of containers stay, if there are any, and the password of their database.");
            return hasPassword;
        }

        var there = await AskAsync(cancellationToken, "volume", "ls", "--quiet");
        var volumes = CheckoutVolumes.Of(checkout).Intersect(there).ToArray();
        foreach (var container in await ContainersOfAsync(volumes, cancellationToken))
        {
            display.Line($"{(delete ? "Deleting" : "Stays:")} container {container}");
            if (delete)
                await AskAsync(cancellationToken, "rm", "--force", "--volumes", container);
        }

        foreach (var volume in volumes)
        {
            display.Line($"{(delete ? "Deleting" : "Stays:")} volume {volume}");
            if (delete)
                await AskAsync(cancellationToken, "volume", "rm", volume);
        }

        if (volumes.Length > 0 && !delete)
            display.Line("  'dotnet moviefriends.cs clean --volumes' deletes containers and volumes, too.");
        return hasPassword && there.Where(volume => !delete || !volumes.Contains(volume)).Any(CheckoutVolumes.IsGraph);
    }

    private async Task<IReadOnlyCollection<string>> ContainersOfAsync(string[] volumes, CancellationToken cancellationToken)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var volume in volumes)
            found.UnionWith(await AskAsync(cancellationToken, "ps", "--all", "--filter", $"volume={volume}", "--format", "{{.Names}}"));
        return found;
    }

    /// <summary>The lines that the engine's program answers.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await new ChildProgram(ContainerRuntime.Name, arguments).CaptureAsync(Patience, cancellationToken);
        return result.ExitCode == 0
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new CommandException($"{ContainerRuntime.Name} {string.Join(' ', arguments)}: {result.Output.Trim()}");
    }
}
