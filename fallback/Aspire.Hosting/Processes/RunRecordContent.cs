using System.Text.Json.Serialization;

namespace Aspire.Hosting.Processes;

/// <summary>What a run record file holds.</summary>
internal sealed record RunRecordContent(
    [property: JsonPropertyName("appHost")] ProcessIdentity AppHost,
    [property: JsonPropertyName("processes")] IReadOnlyList<RecordedProcess> Processes);
