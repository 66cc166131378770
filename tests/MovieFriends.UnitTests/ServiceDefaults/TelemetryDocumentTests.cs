using System.Reflection;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Neo4j;
using MovieFriends.ServiceDefaults.Hosting;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

/// <summary>docs/telemetry.md, as far as it can be held against the code.</summary>
public sealed class TelemetryDocumentTests
{
    private static readonly Assembly[] s_assemblies =
    [
        typeof(StageLog).Assembly, typeof(GraphQuery).Assembly, typeof(KafkaHealth).Assembly, typeof(OneShotService).Assembly,
        typeof(MovieFriends.Seeder.SeederService).Assembly, typeof(MovieFriends.Producer.ProducerService).Assembly,
        typeof(MovieFriends.KafkaToNeo4j.StreamInfo).Assembly, typeof(MovieFriends.Consumer.ConsumerHost).Assembly, typeof(MovieFriends.Verifier.VerifierService).Assembly, typeof(MovieFriends.Replayer.ReplayerOptions).Assembly,
    ];

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void Every_log_event_is_documented_and_none_that_is_not_there()
    {
        var documented = DocumentTable.Read("telemetry.md", "| in | logger | level | text |").Select(row => string.Join(" | ", row));
        var written = s_assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(Static).Select(method => (Type: type, Event: method.GetCustomAttribute<LoggerMessageAttribute>())))
            .Where(log => log.Event is not null)
            .Select(log => $"{log.Type.Assembly.GetName().Name!.Replace("MovieFriends.", "", StringComparison.Ordinal)} | {log.Type.Name} | {log.Event!.Level} | {log.Event.Message}");

        Assert.Equal(written.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_statement_is_documented_and_none_that_is_not_there()
    {
        var documented = DocumentTable.Read("telemetry.md", "| statement | of |").Select(row => row[0]);
        var queries = s_assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(Static))
            .Where(field => field.FieldType == typeof(GraphQuery))
            .Select(field => ((GraphQuery)field.GetValue(null)!).Summary)
            .Distinct();

        Assert.Equal(queries.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }
}
