using Microsoft.Extensions.Logging;
using Neo4j.Driver;

using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.KafkaToNeo4j.Cypher;

internal static class StatementCheck
{
    public static Task CheckAsync(IDriver driver, string? database, string cypher, IReadOnlyDictionary<string, object?> parameters, ILogger logger) => Task.CompletedTask;
}
