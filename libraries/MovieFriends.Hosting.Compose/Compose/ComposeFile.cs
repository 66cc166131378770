using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Compose;

/// <summary>A file of Docker Compose, as far as an application's model needs one.</summary>
internal sealed record ComposeFile(IReadOnlyDictionary<string, ComposeService> Services, IReadOnlyDictionary<string, ComposeVolume> Volumes)
{
    public string ToYaml() => new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .DisableAliases()
        .Build()
        .Serialize(this);
}

internal sealed record ComposeService
{
    public required string Image { get; init; }

    /// <summary>A service with a profile starts only if it is named.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public IReadOnlyList<string>? Volumes { get; init; }

    public IReadOnlyList<string>? Ports { get; init; }

    public ComposeHealthCheck? Healthcheck { get; init; }

    public IReadOnlyDictionary<string, ComposeDependency>? DependsOn { get; init; }

    public string? Restart { get; init; }

    public string? StopGracePeriod { get; init; }
}

internal sealed record ComposeVolume;

internal sealed record ComposeHealthCheck(IReadOnlyList<string> Test, string Interval, string Timeout, int Retries);

internal sealed record ComposeDependency(string Condition);
