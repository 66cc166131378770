using System.Globalization;

namespace MovieFriends.Simulation;

/// <summary>What of a seed's world is left out, or is smaller. The same seed and the same variant give the same run, letter by letter.</summary>
internal sealed record Variant
{
    /// <summary>Nothing is left out.</summary>
    public static readonly Variant Whole = new();

    /// <summary>So many faults happen at most, the first ones; null is all.</summary>
    public int? Faults { get; init; }

    /// <summary>The numbers of faults that do not happen. They are counted all the same, so that the others keep theirs.</summary>
    public IReadOnlyList<int> Without { get; init; } = [];

    /// <summary>Messages of each partition; null is as many as the seed draws, here and below.</summary>
    public int? Messages { get; init; }

    public int? Processes { get; init; }

    public int? Partitions { get; init; }

    /// <summary>For how long messages are sent and faults begin.</summary>
    public int? Seconds { get; init; }

    /// <summary>Another order of events in the same world; null is the seed's own.</summary>
    public int? Schedule { get; init; }

    /// <summary>As options of the command line, with a blank before each; empty if nothing is left out.</summary>
    public string Options => string.Concat(
        Option("--faults", Faults),
        Without.Count == 0 ? string.Empty : $" --without {string.Join(',', Without)}",
        Option("--messages", Messages),
        Option("--processes", Processes),
        Option("--partitions", Partitions),
        Option("--seconds", Seconds),
        Option("--schedule", Schedule));

    /// <summary>Reads options of the command line.</summary>
    /// <exception cref="FormatException">A value makes no sense.</exception>
    public static Variant Parse(IReadOnlyDictionary<string, string> options) => new()
    {
        Faults = Number(options, "--faults", least: 0),
        Without = options.TryGetValue("--without", out var without) ? [.. without.Split(',').Select(number => Number("--without", number, least: 1))] : [],
        Messages = Number(options, "--messages", least: 1),
        Processes = Number(options, "--processes", least: 1),
        Partitions = Number(options, "--partitions", least: 1),
        Seconds = Number(options, "--seconds", least: 1),
        Schedule = Number(options, "--schedule", least: 1),
    };

    /// <summary>Whether the fault with this number happens.</summary>
    public bool Has(int fault) => fault <= (Faults ?? int.MaxValue) && !Without.Contains(fault);

    /// <summary>The world that a seed has drawn, as small as this says.</summary>
    public Scenario Of(Scenario drawn) => drawn with
    {
        Messages = Messages ?? drawn.Messages,
        Processes = Processes ?? drawn.Processes,
        Partitions = Partitions ?? drawn.Partitions,
        Time = Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : drawn.Time,
    };

    private static string Option(string name, int? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $" {name} {number}") : string.Empty;

    private static int? Number(IReadOnlyDictionary<string, string> options, string name, int least) =>
        options.TryGetValue(name, out var text) ? Number(name, text, least) : null;

    private static int Number(string name, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException($"{name}: '{text}' is not allowed; it takes numbers from {least}.");
}
