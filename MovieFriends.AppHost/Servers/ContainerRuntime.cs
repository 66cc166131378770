using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

/// <summary>Asks the container runtime that Aspire would use whether it is there.</summary>
internal static class ContainerRuntime
{
    /// <summary>A daemon that takes longer than this is starting or hanging; nobody wants to wait for that on every start.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <returns>Name and version of the runtime, or null if it is missing or does not answer.</returns>
    public static string? Find(IConfiguration configuration)
    {
        var name = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"] ?? "docker";
        var format = name == "podman" ? "{{.Version.Version}}" : "{{.ServerVersion}}";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, ["info", "--format", format])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process is null)
            {
                return null;
            }

            var version = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Timeout))
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
