using System.Net;
using System.Text.Json;
using Confluent.Kafka;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What tests wait for and ask of services, in this process or in others.</summary>
internal static class RunningServices
{
    private const string Report = " report: ";
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits for a good end, and gives the report.</summary>
    public static async Task<JsonElement> ReportAsync(this IRunningService service, CancellationToken cancellationToken)
    {
        var exitCode = await service.ExitCodeAsync(cancellationToken);
        var line = service.Log.LastOrDefault(line => line.Contains(Report, StringComparison.Ordinal));
        return exitCode == 0 && line is not null
            ? JsonDocument.Parse(line[(line.IndexOf(Report, StringComparison.Ordinal) + Report.Length)..]).RootElement
            : throw new InvalidOperationException($"The {service.Service} ended with {exitCode}: {service.Log.LastOrDefault(IsFailure)}\n{string.Join('\n', service.Log.TakeLast(60))}");
    }

    // What a reader of a list of failures sees first, be the log ever so long.
    private static bool IsFailure(string line) => line.Contains(" crit: ", StringComparison.Ordinal) || line.Contains(" fail: ", StringComparison.Ordinal);

    /// <summary>SIGTERM, a good end, and the report.</summary>
    public static Task<JsonElement> StopInOrderAsync(this IRunningService service, CancellationToken cancellationToken)
    {
        service.Terminate();
        return service.ReportAsync(cancellationToken);
    }

    public static async Task<int> ExitCodeAsync(this IRunningService service, CancellationToken cancellationToken)
    {
        try
        {
            return await service.Exited.WaitAsync(s_timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The {service.Service} did not end within {s_timeout.TotalSeconds:0} s:\n{string.Join('\n', service.Log.TakeLast(60))}");
        }
    }

    /// <summary>Waits for a line in the service's console.</summary>
    public static Task<string> LineAsync(this IRunningService service, string text, CancellationToken cancellationToken) => service.LineAsync([text], cancellationToken);

    /// <summary>Waits for a line in the service's console that has one of the texts.</summary>
    public static async Task<string> LineAsync(this IRunningService service, string[] texts, CancellationToken cancellationToken)
    {
        var wanted = string.Join("' or '", texts);
        try
        {
            return await Wait.UntilAsync(
                $"the {service.Service} writes '{wanted}'",
                s_timeout,
                () => Task.FromResult(service.Log.FirstOrDefault(line => texts.Any(text => line.Contains(text, StringComparison.Ordinal)))),
                cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} It wrote:\n{string.Join('\n', service.Log.TakeLast(30))}");
        }
    }

    /// <summary>Where a service listens.</summary>
    public static async Task<Uri> AddressAsync(this IRunningService service, CancellationToken cancellationToken)
    {
        var line = await service.LineAsync("Now listening on: ", cancellationToken);
        return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
    }

    /// <summary>Waits until a service answers so.</summary>
    public static Task AnswersAsync(this HttpClient http, string path, HttpStatusCode status, string text, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"/{path} answers {status} and says '{text}'",
        s_timeout,
        async () =>
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return answer.StatusCode == status && (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains(text, StringComparison.Ordinal);
        },
        cancellationToken);

    public static int Count(this IRunningService service, string text) =>
        service.Log.Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>What a consumer's batches have created and updated, added up from its console.</summary>
    public static (long Created, long Updated) Written(this IRunningService consumer)
    {
        long created = 0, updated = 0;
        foreach (var line in consumer.Log)
        {
            var match = System.Text.RegularExpressions.Regex.Match(line, @"batch size \d+, (\d+) nodes .* created, (\d+) updated");
            if (match.Success)
            {
                created += long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                updated += long.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return (created, updated);
    }

    /// <summary>Waits until the graph has so many charges. If it does not get them, the last lines of those who should write them tell more.</summary>
    public static async Task ChargesReachAsync(this Scenario scenario, long count, params IRunningService[] writers)
    {
        var last = 0L;
        try
        {
            await Wait.UntilAsync(
                $"{count} charges are in the graph",
                s_timeout,
                async () => (last = await scenario.ChargeCountAsync()) >= count,
                scenario.Cancellation);
        }
        catch (TimeoutException exception)
        {
            var logs = writers.Select(writer => $"The {writer} wrote:\n{string.Join('\n', writer.Log.TakeLast(12))}");
            throw new TimeoutException(string.Join('\n', [$"{exception.Message} There are {last}.", .. logs]));
        }
    }

    public static async Task<long> ChargeCountAsync(this Scenario scenario) =>
        (await scenario.QueryAsync("MATCH (c:DailyCharge) RETURN count(c) AS n"))[0]["n"].As<long>();

    /// <summary>Every dead letter there is, each as often as it is there.</summary>
    public static List<Message<byte[], byte[]>> AllDeadLetters(this Scenario scenario) => scenario.ReadTopic(scenario.DeadLetters);

    /// <summary>Every message of a topic.</summary>
    public static List<Message<byte[], byte[]>> ReadTopic(this Scenario scenario, string topic)
    {
        var config = KafkaClientSettings.Consumer(scenario.Environment);
        config.GroupProtocol = null;
        config.GroupId = "tests";
        config.EnablePartitionEof = true;
        config.EnableAutoCommit = false;
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p.PartitionId, Offset.Beginning)));
        var messages = new List<Message<byte[], byte[]>>();
        for (var open = partitions.Count; open > 0;)
        {
            var result = consumer.Consume(s_timeout) ?? throw new TimeoutException($"{topic} was not read to its end.");
            if (result.IsPartitionEOF)
                open--;
            else
                messages.Add(result.Message);
        }

        return messages;
    }
}
