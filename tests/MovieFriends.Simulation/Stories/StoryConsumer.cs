using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Simulation.Graph;
using Neo4j.Driver;

namespace MovieFriends.Simulation.Stories;

/// <summary>A consumer of a story on real servers: the same rows as in the simulated world, and the same engine. The settings of a process are its environment.</summary>
internal static class StoryConsumer
{
    /// <summary>The command line that it is started with.</summary>
    public const string Verb = "consume";

    /// <summary>The setting that names the topic.</summary>
    public const string Topic = "Story:Topic";

    public const string Event = "StoryEvent";
    public const string Key = "StoryKey";

    /// <summary>Adds the story's stream to a host.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        var topic = builder.Configuration[Topic] ?? throw new InvalidOperationException($"{Topic} is not set.");
        builder.AddKafkaToNeo4j<EventRows, Writer>("kafka", "graph", topic, stream => stream.Keys = [(Event, "id"), (Key, "key")]);
    }

    /// <summary>Runs it as a process.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        var builder = Host.CreateApplicationBuilder();
        AddTo(builder);
        using var host = builder.Build();
        host.Run();
        return Environment.ExitCode;
    }

    /// <summary>
    /// Writes events as the simulated graph does: an insert of one that is there is refused, and so is a row that is made for it. Each event knows the
    /// places of its messages, so that one that is written twice is seen.
    /// </summary>
    private sealed class Writer : IRowWriter<EventRows>
    {
        private const string Insert = $"UNWIND $rows AS r CREATE (e:{Event} {{id: r.id}}) SET e.places = r.places, e.check = 1 / r.divisor {Last}";
        private const string Upsert = $"UNWIND $rows AS r MERGE (e:{Event} {{id: r.id}}) SET e.places = coalesce(e.places, []) + r.places, e.check = 1 / r.divisor {Last}";
        private const string Last = $"MERGE (k:{Key} {{key: r.key}}) SET k.last = r.id";

        public Task<WriteResult> InsertAsync(IAsyncQueryRunner transaction, EventRows rows) => WriteAsync(transaction, rows, Insert);

        public Task<WriteResult> UpsertAsync(IAsyncQueryRunner transaction, EventRows rows) => WriteAsync(transaction, rows, Upsert);

        private static async Task<WriteResult> WriteAsync(IAsyncQueryRunner transaction, EventRows rows, string cypher)
        {
            var list = rows.ToList().OrderBy(row => row.Offsets[^1]).Select(row => new Dictionary<string, object>
            {
                ["id"] = row.Id,
                ["key"] = row.Key,
                ["places"] = row.Offsets.Select(offset => $"{row.Partition}/{offset}").ToList(),
                ["divisor"] = row.IsRefused ? 0 : 1,
            }).ToList();
            var summary = await (await transaction.RunAsync(cypher, new Dictionary<string, object> { ["rows"] = list })).ConsumeAsync();
            return new WriteResult { Created = list.Count, NodesCreated = summary.Counters.NodesCreated };
        }
    }
}
