using System.Globalization;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Producer;

namespace MovieFriends.Bench.Environments;

/// <summary>Charges whose users are spread over the whole graph: a larger graph is then also larger for those that look users up in it.</summary>
internal static class SpreadBacklog
{
    private const int Cents = 5_000;

    // Of as many users as there are, a step of about the golden section leaves no region out for long.
    private const double GoldenSection = 0.618033988749895;

    /// <summary>Fills a topic by the product's producer.</summary>
    /// <param name="environment">Where to.</param>
    /// <param name="topic">An empty topic.</param>
    /// <param name="messages">How many; no more than users.</param>
    /// <param name="users">How many users the graph has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The producer failed.</exception>
    public static async Task<Backlog> FillAsync(BenchEnvironment environment, FreshTopic topic, long messages, long users, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Lines(messages, users), cancellationToken);
            await environment.RunAsync("producer", ReportJson.Default.ProducerReport, [.. topic.Settings, new("Producer__Source", file)], cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }

        return await Task.Run(() => Backlog.Read(environment.Variables, topic.Name, messages, cancellationToken), cancellationToken);
    }

    /// <summary>The users of so many charges, each of them once, the first of all being 0.</summary>
    public static IEnumerable<long> Users(long messages, long users)
    {
        var step = Math.Max(1, (long)(users * GoldenSection));
        while (GreatestCommonDivisor(step, users) != 1)
            step++;
        var user = 0L;
        for (var i = 0L; i < messages; i++, user = (user + step) % users)
            yield return user;
    }

    private static IEnumerable<string> Lines(long messages, long users)
    {
        var first = new ProducerOptions().FirstUserId;
        var seconds = DateTimeOffset.Parse(BenchEnvironment.StartTime, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var value = new byte[ChargeCodec.MaxEncodedLength];
        return Users(messages, users).Select((user, i) =>
        {
            var length = ChargeCodec.Write(new Charge(first + user, i % Cents / 100.0, seconds), value);
            return System.Text.Encoding.ASCII.GetString(value, 0, length);
        });
    }

    private static long GreatestCommonDivisor(long a, long b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
