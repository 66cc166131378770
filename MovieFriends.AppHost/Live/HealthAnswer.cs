using System.Text.Json.Serialization;

namespace MovieFriends.AppHost.Live;

/// <summary>What a service's <c>/health</c> says.</summary>
internal sealed record HealthAnswer(string? Status, IReadOnlyDictionary<string, HealthAnswer.Check>? Checks)
{
    internal sealed record Check(string? Status, string? Description);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
