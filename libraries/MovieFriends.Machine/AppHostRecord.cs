using System.Text.Json;
using System.Text.Json.Serialization;

namespace MovieFriends.Machine;

/// <summary>An AppHost that runs, as it writes itself down for programs that are started by hand.</summary>
/// <param name="AppHostPid">Its process.</param>
/// <param name="StartTime">When that started.</param>
/// <param name="DataPath">Where its local servers keep their data: tells runs of one checkout from each other.</param>
/// <param name="Environment">What a service needs to reach its servers, as environment variables.</param>
/// <param name="StartTicks">When that process started, in clock ticks since the machine's start, where the system tells.</param>
internal sealed partial record AppHostRecord(int AppHostPid, DateTimeOffset StartTime, string DataPath, IReadOnlyDictionary<string, string> Environment, long? StartTicks = null)
{
    /// <summary>The folder of the records, relative to the repository.</summary>
    public const string Folder = "artifacts/run";

    /// <summary>The names of the records in that folder.</summary>
    public const string Pattern = "connections*.json";

    [JsonIgnore]
    public RecordedProcess Process => new("AppHost", AppHostPid, StartTime, StartTicks);

    /// <summary>The record of this process.</summary>
    public static AppHostRecord OfThisProcess(string dataPath, IReadOnlyDictionary<string, string> environment)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new(self.Id, self.StartTime.ToUniversalTime(), dataPath, environment, ProcessAge.Ticks(self.Id));
    }

    /// <summary>Reads a file.</summary>
    /// <returns>Null if it is gone, or none of ours.</returns>
    public static AppHostRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), RecordJson.Default.AppHostRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that only its owner may read.</summary>
    /// <exception cref="MachineException">It cannot be written.</exception>
    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, RecordJson.Default.AppHostRecord) + "\n");

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(AppHostRecord))]
    private sealed partial class RecordJson : JsonSerializerContext;
}
