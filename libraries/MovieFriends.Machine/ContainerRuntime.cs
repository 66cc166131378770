using System.ComponentModel;
using System.Diagnostics;

namespace MovieFriends.Machine;

/// <summary>Asks the container runtime that Aspire would use whether it is there.</summary>
internal static class ContainerRuntime
{
    // The second is the older name of the first.
    private static readonly string[] s_variables = ["ASPIRE_CONTAINER_RUNTIME", "DOTNET_ASPIRE_CONTAINER_RUNTIME"];

    /// <summary>A daemon that takes longer than this is starting or hanging; nobody wants to wait for that on every start.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    /// <summary>The program of the runtime: <c>docker</c>, unless a setting names another.</summary>
    /// <param name="setting">Gives the value of a setting or environment variable, or null.</param>
    public static string NameFrom(Func<string, string?> setting) =>
        s_variables.Select(setting).FirstOrDefault(name => !string.IsNullOrEmpty(name)) ?? "docker";

    /// <returns>Name and version of the runtime, or null if it is missing or does not answer.</returns>
    public static string? Find(string name)
    {
        // The server's version, not the client's: the client alone starts no container.
        var format = Path.GetFileNameWithoutExtension(name) == "podman" ? "{{.Version.Version}}" : "{{.ServerVersion}}";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, ["info", "--format", format])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process is null)
                return null;

            var version = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_timeout))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            // Docker's client exits with 0 and prints no version when only the daemon is missing.
            return process.ExitCode == 0 && version.GetAwaiter().GetResult().Trim() is { Length: > 0 } found ? $"{name} {found}" : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
