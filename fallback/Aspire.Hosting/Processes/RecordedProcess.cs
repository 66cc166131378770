using System.Text.Json.Serialization;

namespace Aspire.Hosting.Processes;

/// <summary>A process of a resource, in a <see cref="RunRecord"/>.</summary>
internal sealed record RecordedProcess(
    [property: JsonPropertyName("resource")] string Resource,
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("startTime")] DateTime StartTime)
{
    [JsonIgnore]
    public ProcessIdentity Identity => new(Pid, StartTime);
}
