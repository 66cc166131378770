using System.Globalization;
using MovieFriends.Chaos.Judging;
using MovieFriends.Contracts.Rentals;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Bench.Environments;

/// <summary>A topic full of rentals.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">What a consumer is told so that it reads these, and no charges, as environment variables.</param>
internal sealed record RentalTopic(string Name, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>Lets the producer fill it.</summary>
    public static async Task<RentalTopic> FillAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var charges = await FreshTopic.CreateAsync(environment.Variables, "no-charges", environment.Partitions, cancellationToken);
        var rentals = await FreshTopic.CreateAsync(environment.Variables, "rentals", environment.Partitions, cancellationToken);
        KeyValuePair<string, string>[] settings = [.. charges.Settings, new("Topics__Rentals", rentals.Name)];
        await environment.RunAsync(
            "producer",
            ReportJson.Default.ProducerReport,
            [
                .. settings,
                new("Producer__Mode", "Load"),
                new("Producer__Events", "Rentals"),
                new("Producer__Messages", Text(environment.Options.Messages)),
                new("Producer__Users", Text(environment.Options.GraphUsers)),
                new("Producer__StartTime", BenchEnvironment.StartTime),
            ],
            cancellationToken);
        return new RentalTopic(rentals.Name, settings);
    }

    /// <summary>Its messages as batches of rows, as the consumer would cut them under load: of one partition each, in its order.</summary>
    /// <returns>First the first batch of each partition, then the second ones, as partitions take turns.</returns>
    public IReadOnlyList<List<object?>> ReadBatches(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var partitions = new SortedDictionary<int, List<object?>>();
        TopicReader.Read(
            environment.Variables,
            Name,
            message =>
            {
                if (!partitions.TryGetValue(message.Partition.Value, out var rows))
                    partitions[message.Partition.Value] = rows = [];
                rows.Add(RowOf(message.Message.Value));
            },
            cancellationToken);
        return
        [
            .. partitions.Values
                .SelectMany(rows => rows.Chunk(environment.MaxBatchSize).Select((batch, place) => (batch, place)))
                .OrderBy(batch => batch.place)
                .Select(batch => batch.batch.ToList()),
        ];
    }

    /// <summary>A message as a row.</summary>
    public static Dictionary<string, object?> RowOf(ReadOnlySpan<byte> value)
    {
        var rental = RentalJson.Read(value, out var error) ?? throw new InvalidOperationException(error);
        return new() { ["userId"] = rental.UserId, ["movieId"] = rental.MovieId, ["at"] = rental.At };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
