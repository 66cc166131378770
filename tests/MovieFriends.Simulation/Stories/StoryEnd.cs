using System.Globalization;

namespace MovieFriends.Simulation.Stories;

/// <summary>How things stand when a story is over: what is compared between a simulated world and real servers.</summary>
internal sealed class StoryEnd
{
    public const string MessagesAreGone = "messages are gone";
    public const string LedgerIsPastTheEnd = "the ledger is past the end";

    /// <summary>Ids of the events in the graph.</summary>
    public required IEnumerable<string> Events { get; init; }

    /// <summary>Places of messages that the graph has, as often as it has them.</summary>
    public required IEnumerable<(int Partition, long Offset)> Written { get; init; }

    /// <summary>The last event of each key.</summary>
    public required IEnumerable<(string Key, string Event)> Last { get; init; }

    public required IEnumerable<(int Partition, long Offset, string Reason)> DeadLetters { get; init; }

    /// <summary>Where each partition's ledger stands, and where the partition ends.</summary>
    public required IEnumerable<(int Partition, long Next, long End)> Ledger { get; init; }

    /// <summary>Why a consumer gave up; null if none did.</summary>
    public required string? Fatal { get; init; }

    /// <summary>The kind of failure that a consumer's log speaks of.</summary>
    public static string FatalIn(string log) =>
        log.Contains("were deleted by retention before they were read", StringComparison.Ordinal) ? MessagesAreGone
        : log.Contains("past the end of the partition", StringComparison.Ordinal) ? LedgerIsPastTheEnd
        : "something else";

    /// <summary>All of it in lines, equal where everything is equal.</summary>
    public override string ToString() => string.Join('\n',
    [
        $"events: {string.Join(' ', Events.Order(StringComparer.Ordinal))}",
        $"messages written: {Lines(Written.Order().Select(place => Text($"{place.Partition}/{place.Offset}")))}",
        $"last of keys: {Lines(Last.OrderBy(last => last.Key, StringComparer.Ordinal).Select(last => $"{last.Key}={last.Event}"))}",
        $"dead letters: {Lines(DeadLetters.Order().Select(letter => Text($"{letter.Partition}/{letter.Offset} {letter.Reason}")))}",
        $"ledger: {Lines(Ledger.Order().Select(ledger => Text($"{ledger.Partition} at {ledger.Next} of {ledger.End}")))}",
        $"gave up: {Fatal ?? "nobody"}",
    ]);

    private static string Lines(IEnumerable<string> parts) => string.Join(", ", parts);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
