using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Cleaning;

/// <summary>Stops what this checkout left running and deletes what it made.</summary>
internal sealed class Cleanup(Checkout checkout, Display display)
{
    // The AppHost stops its services and servers, which have 30 seconds.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(45);

    /// <param name="volumes">Whether containers and their volumes go as well.</param>
    /// <param name="cancellationToken">Ends the cleaning before its end.</param>
    public async Task CleanAsync(bool volumes, CancellationToken cancellationToken)
    {
        // Each stops what it has started; what a killed one left behind, the orchestrator has stopped.
        foreach (var appHost in RunningAppHost.FindAll(checkout))
        {
            display.Line($"Stopping the AppHost (process {appHost.AppHostPid})");
            await appHost.Process.StopAsync(s_timeout, cancellationToken);
        }

        await new ContainerCleanup(checkout, display).CleanAsync(volumes, cancellationToken);
        foreach (var path in Existing())
        {
            display.Line($"Deleting {path}");
            Delete(path);
        }
    }

    private IEnumerable<string> Existing() => new[]
    {
        checkout.NodeModules,
        checkout.PackageSources,
        checkout.Artifacts,
        UserSecrets,
        OwnBuild,
    }.OfType<string>().Where(Path.Exists);

    /// <summary>Where Aspire keeps the keys of the dashboard.</summary>
    private static string UserSecrets
    {
        get
        {
            const string id = "moviefriends-apphost";
            return OperatingSystem.IsWindows()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Microsoft", "UserSecrets", id)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets", id);
        }
    }

    /// <summary>Where the SDK has built this command: NAME-HASH/bin/CONFIGURATION in a folder of its own outside the checkout.</summary>
    private static string? OwnBuild
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Parent;
            return folder is { Parent.Name: "runfile" } && folder.Name.StartsWith("moviefriends-", StringComparison.OrdinalIgnoreCase) ? folder.FullName : null;
        }
    }

    private void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // On Windows a program cannot delete itself while it runs; the SDK removes such folders later on its own.
            display.Line($"  not all of it: {exception.Message}");
        }
    }
}
