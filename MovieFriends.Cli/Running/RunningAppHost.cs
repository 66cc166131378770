using System.Text.Json;
using System.Text.Json.Serialization;
using MovieFriends.Cli.Cleaning;

namespace MovieFriends.Cli.Running;

/// <summary>An AppHost of this checkout that runs, as it has written itself down.</summary>
/// <param name="AppHostPid">Its process.</param>
/// <param name="StartTime">When that started.</param>
/// <param name="DataPath">Where its local servers keep their data.</param>
/// <param name="Environment">What a service needs to reach its servers, as environment variables.</param>
/// <param name="StartTicks">When that process started, in clock ticks since the machine's start, where the system tells.</param>
internal sealed partial record RunningAppHost(int AppHostPid, DateTimeOffset StartTime, string DataPath, IReadOnlyDictionary<string, string> Environment, long? StartTicks = null)
{
    [JsonIgnore]
    public RecordedProcess Process => new(Checkout.AppHost, AppHostPid, StartTime, StartTicks);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RunningAppHost> FindAll(Checkout checkout) => Directory.Exists(checkout.Run)
        ? [.. Directory.GetFiles(checkout.Run, "connections*.json").Order(StringComparer.Ordinal).Select(Read).OfType<RunningAppHost>().Where(appHost => appHost.Process.IsAlive)]
        : [];

    /// <summary>The one that is meant: the only one, or the one with a data folder.</summary>
    /// <param name="checkout">Whose.</param>
    /// <param name="dataPath">The data folder, relative to the checkout; null if none was named.</param>
    /// <exception cref="CommandException">There is none, or there are several.</exception>
    public static RunningAppHost Find(Checkout checkout, string? dataPath)
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

    private static string Folders(IEnumerable<RunningAppHost> running) => string.Join(" or ", running.Select(appHost => appHost.DataPath));

    private static RunningAppHost? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), RecordJson.Default.RunningAppHost);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // It ended meanwhile, or the file is none of its own.
            return null;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RunningAppHost))]
    private sealed partial class RecordJson : JsonSerializerContext;
}
