using System.Globalization;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Judging;

/// <summary>What topic, graph and dead letters came to, found without the product's verifier; and what that one says.</summary>
/// <param name="Topic">The topic of the charges.</param>
/// <param name="Graph">The graph against it.</param>
/// <param name="DeadLetterCount">How many there are.</param>
/// <param name="DeadLetters">The dead letters against the topic.</param>
/// <param name="ConfirmedLost">Messages that the broker has confirmed and the topic does not have.</param>
/// <param name="Rentals">The rentals of topic and graph.</param>
/// <param name="RentalLedgerOff">Partitions of the rentals whose ledger is not at their end.</param>
/// <param name="VerifierProtest">The end of the log of the product's verifier; null if it found nothing.</param>
internal sealed record Judgement(
    TopicContent Topic, GraphComparison Graph, int DeadLetterCount, DeadLetterComparison DeadLetters, IReadOnlyList<DeadLetter> ConfirmedLost,
    RentalContent Rentals, IReadOnlyList<string> RentalLedgerOff, string? VerifierProtest)
{
    public const string ChargesTopic = "charges";
    public const string DeadLettersTopic = "charges.dead-letter";
    public const string RentalsTopic = "rentals";

    private const int Examples = 5;
    private const int QuotedLines = 30;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong, with examples.</summary>
    public IReadOnlyList<string> Discrepancies =>
    [
        .. Describe("charges missing", Graph.Missing),
        .. Describe("charges different", Graph.Different),
        .. Describe("charges unexpected", Graph.Unexpected),
        .. Describe("charges doubled or attached wrongly", Graph.Doubled),
        .. Describe("ledgers off", Graph.LedgerOff),
        .. Describe("dead letters missing", DeadLetters.Missing),
        .. Describe("dead letters doubled", DeadLetters.Doubled),
        .. Describe("dead letters unexpected", DeadLetters.Unexpected),
        .. Describe("confirmed messages lost", ConfirmedLost),
        .. Describe("rentals missing", Rentals.Missing),
        .. Describe("rentals doubled", Rentals.Doubled),
        .. Describe("ledgers of rentals off", RentalLedgerOff),
        .. VerifierProtest is null ? [] : (string[])[$"the verifier is not content: {VerifierProtest}"],
    ];

    public static async Task<Judgement> PassAsync(
        ServersUnderTest servers, IDriver graph, int users, IEnumerable<(string Key, string Value)> confirmed, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        var topic = await Task.Run(() => TopicContent.Read(servers.Environment, servers.HasHeaders, ChargesTopic, users, limit.Token), limit.Token);
        var deadLetters = await Task.Run(() => Judging.DeadLetters.Read(servers.Environment, servers.HasHeaders, DeadLettersTopic, limit.Token), limit.Token);
        var rentals = await RentalContent.ReadAsync(servers.Environment, graph, RentalsTopic, limit.Token);
        var there = topic.DeadLetters.Select(deadLetter => (deadLetter.Key, deadLetter.Value)).ToHashSet();
        return new Judgement(
            topic,
            await GraphContent.CompareAsync(graph, topic, ChargesTopic, limit.Token),
            deadLetters.Count,
            Judging.DeadLetters.Compare(topic.DeadLetters, deadLetters),
            [.. confirmed.Where(message => !there.Contains(message)).Select(message => new DeadLetter(null, message.Key, message.Value))],
            rentals,
            await GraphContent.LedgerOffAsync(graph, rentals.Ends, RentalsTopic),
            await AskVerifierAsync(servers, limit.Token));
    }

    private static async Task<string?> AskVerifierAsync(ServersUnderTest servers, CancellationToken cancellationToken)
    {
        await using var verifier = ServiceProcess.Start("verifier", [.. servers.Environment, new("Topics__Rentals", RentalsTopic)]);
        return await verifier.Exited.WaitAsync(cancellationToken) == 0
            ? null
            : string.Join(Environment.NewLine, verifier.Log.TakeLast(QuotedLines));
    }

    private static IEnumerable<string> Describe<T>(string what, IReadOnlyList<T> items)
    {
        if (items.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{items.Count} {what}: {string.Join("; ", items.Take(Examples))}");
    }
}
