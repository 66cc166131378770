namespace MovieFriends.Cli.Running;

/// <summary>Finds the AppHosts of this checkout that run, by what they have written down.</summary>
internal static class RunningAppHost
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<AppHostRecord> FindAll(Checkout checkout) => Directory.Exists(checkout.Run)
        ? [.. Directory.GetFiles(checkout.Run, AppHostRecord.Pattern).Order(StringComparer.Ordinal).Select(AppHostRecord.Read).OfType<AppHostRecord>().Where(appHost => appHost.Process.IsAlive)]
        : [];

    /// <summary>The one that is meant: the only one, or the one with a data folder.</summary>
    /// <param name="checkout">Whose.</param>
    /// <param name="dataPath">The data folder, relative to the checkout; null if none was named.</param>
    /// <exception cref="CommandException">There is none, or there are several.</exception>
    public static AppHostRecord Find(Checkout checkout, string? dataPath)
    {
        var running = FindAll(checkout);
        var meant = dataPath is null ? running : [.. running.Where(appHost => appHost.DataPath == Path.GetFullPath(dataPath, checkout.Root))];
        return meant switch
        {
            [var one] => one,
            [] when running is [] => throw new CommandException(
                "Nothing is running: start it with 'dotnet moviefriends.cs up', or keep a demo with 'demo --keep-running'.", CommandException.Refused),
            [] => throw new CommandException($"Nothing is running with the data folder '{dataPath}'; what runs has {Folders(running)}.", CommandException.Refused),
            _ => throw new CommandException($"Several are running: name one by LocalServers:DataPath=FOLDER, which is {Folders(running)}.", CommandException.Refused),
        };
    }

    private static string Folders(IEnumerable<AppHostRecord> running) => string.Join(" or ", running.Select(appHost => appHost.DataPath));
}
