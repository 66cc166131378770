using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Docker, or what stands in for it.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>The program that the AppHost would ask.</summary>
    public static string Name => Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } name ? name : "docker";

    /// <returns>Name and version, or null if there is none or its daemon does not answer within a few seconds.</returns>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (ExecutablePath.Find(Name) is not { } path)
            return null;

        try
        {
            // The server's version, not the client's: the client alone starts no container.
            var result = await new ChildProgram(path, "version", "--format", "{{.Server.Version}}").CaptureAsync(Timeout, cancellationToken);
            return result.ExitCode == 0 && result.Output.Trim() is { Length: > 0 } version ? $"{Name} {version}" : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
