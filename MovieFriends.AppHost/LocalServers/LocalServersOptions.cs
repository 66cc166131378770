using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers;

/// <summary>Settings of the servers that run as processes of this machine: section <c>LocalServers</c>.</summary>
internal sealed record LocalServersOptions
{
    public const string Section = "LocalServers";

    /// <summary>Where the servers keep settings, logs and data; relative to the repository. Default: <c>artifacts/servers</c>.</summary>
    public string DataPath { get; init; } = "artifacts/servers";

    public LocalKafkaOptions Kafka { get; init; } = new();

    public LocalNeo4jOptions Neo4j { get; init; } = new();

    /// <exception cref="StartRefusedException">A value is of the wrong kind or out of its range.</exception>
    public static LocalServersOptions From(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection(Section).Get<LocalServersOptions>() ?? new();
            Validate(options, Section);
            Validate(options.Kafka, $"{Section}:{nameof(Kafka)}");
            Validate(options.Neo4j, $"{Section}:{nameof(Neo4j)}");
            return options;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new StartRefusedException(unreadable.Message);
        }
    }

    private static void Validate(object options, string section)
    {
        var faults = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            return;
        }

        var member = faults[0].MemberNames.Single();
        var value = options.GetType().GetProperty(member)!.GetValue(options);
        throw new StartRefusedException($"{section}:{member}: '{value}' is not allowed; {faults[0].ErrorMessage}");
    }
}
