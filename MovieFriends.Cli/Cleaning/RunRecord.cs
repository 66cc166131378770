using System.Text.Json;
using System.Text.Json.Serialization;

namespace MovieFriends.Cli.Cleaning;

/// <summary>What an AppHost wrote down about itself and the processes it has started.</summary>
internal sealed partial record RunRecord(RunRecord.Owner AppHost, IReadOnlyList<RecordedProcess> Processes)
{
    /// <summary>Every process of this checkout that is still alive: the AppHosts, then the rest, what was started last first.</summary>
    public static IReadOnlyList<RecordedProcess> FindAlive(Checkout checkout)
    {
        if (!Directory.Exists(checkout.Run))
            return [];

        var records = Directory.GetFiles(checkout.Run, "*.json").Select(Read).OfType<RunRecord>().ToArray();
        return
        [
            .. records.Select(record => new RecordedProcess("AppHost", record.AppHost.Pid, record.AppHost.StartTime)).Where(process => process.IsAlive),
            .. records.SelectMany(record => (record.Processes ?? []).Reverse()).Where(process => process.IsAlive),
        ];
    }

    private static RunRecord? Read(string path)
    {
        try
        {
            // Other files in the folder have no AppHost.
            return JsonSerializer.Deserialize(File.ReadAllText(path), RecordJson.Default.RunRecord) is { AppHost: not null } record ? record : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    internal sealed record Owner(int Pid, DateTimeOffset StartTime);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RunRecord))]
    private sealed partial class RecordJson : JsonSerializerContext;
}
