using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Cleaning;

/// <summary>
/// Volumes of this checkout, and containers that use them. Nothing else is ours: containers are known by the volumes that they use,
/// and volumes by their names.
/// </summary>
internal sealed class ContainerCleanup(Checkout checkout, Display display)
{
    private static string Runtime => ContainerRuntime.NameFrom(Environment.GetEnvironmentVariable);

    // A container that is removed is given ten seconds to stop by the engine.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<string> _ours = checkout.Volumes;

    /// <summary>Deletes what is there, or says that it stays.</summary>
    public async Task CleanAsync(bool delete, CancellationToken cancellationToken)
    {
        if (ContainerRuntime.Find(Runtime) is null)
        {
            if (delete || _ours.Any(volume => File.Exists(ContainerVolumes.PasswordFile(volume))))
                display.Line("No container engine answers: volumes of containers stay, if there are any.");
            return;
        }

        var volumes = _ours.Intersect(await AskAsync(cancellationToken, "volume", "ls", "--quiet")).ToArray();
        foreach (var container in await ContainersOfAsync(volumes, cancellationToken))
        {
            Say(delete, $"container {container}");
            if (delete)
                await AskAsync(cancellationToken, "rm", "--force", "--volumes", container);
        }

        foreach (var volume in volumes)
        {
            Say(delete, $"volume {volume}");
            if (delete)
                await AskAsync(cancellationToken, "volume", "rm", volume);
        }

        if (volumes.Length > 0 && !delete)
            display.Line("  'dotnet moviefriends.cs clean --volumes' deletes containers and volumes, too.");

        // A password without its database opens nothing any more.
        foreach (var volume in _ours.Where(volume => delete || !volumes.Contains(volume)))
            DeletePassword(ContainerVolumes.PasswordFile(volume));
    }

    private void Say(bool delete, string what) => display.Line($"{(delete ? "Deleting" : "Stays:")} {what}");

    private void DeletePassword(string path)
    {
        if (!File.Exists(path))
            return;
        Say(delete: true, path);
        File.Delete(path);
    }

    private static async Task<IReadOnlyCollection<string>> ContainersOfAsync(string[] volumes, CancellationToken cancellationToken)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var volume in volumes)
            found.UnionWith(await AskAsync(cancellationToken, "ps", "--all", "--filter", $"volume={volume}", "--format", "{{.Names}}"));
        return found;
    }

    /// <summary>The lines that the engine's program answers.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await new ChildProgram(Runtime, arguments).CaptureAsync(s_timeout, cancellationToken);
        return result.ExitCode == 0
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new CommandException($"{Runtime} {string.Join(' ', arguments)}: {result.Output.Trim()}");
    }
}
