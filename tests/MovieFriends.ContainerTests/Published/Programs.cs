using System.Diagnostics;

namespace MovieFriends.ContainerTests.Published;

/// <summary>Programs that end by themselves: the AppHost that publishes, and the SDK that builds images.</summary>
internal static class Programs
{
    /// <summary>What everything was built as, in the tests' own folder <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string Root { get; } = FindRoot();

    /// <summary>The AppHost, by the command of azd.</summary>
    public static Task PublishAsync(params string[] arguments) => RunAsync(
        TimeSpan.FromMinutes(2), ["exec", Path.Combine(AppContext.BaseDirectory, "..", "..", "MovieFriends.AppHost", Configuration, "MovieFriends.AppHost.dll"), "--publisher", "manifest", .. arguments]);

    public static async Task<string> RunAsync(TimeSpan timeout, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Path.Combine(Root, "MovieFriends.AppHost"), RedirectStandardOutput = true, RedirectStandardError = true };
        // Build servers would outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MovieFriends.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
