using System.Globalization;

namespace MovieFriends.Chaos.Faults;

/// <summary>One fault of a schedule.</summary>
/// <param name="At">When it begins, from the beginning of the run; later if the fault before it at the same target has not ended.</param>
/// <param name="Kind">What happens to what.</param>
/// <param name="Lasts">How long what has a length lasts; zero for what has none.</param>
/// <param name="OutlivesSession">Whether the consumer's session time comes on top of that: it comes back when its partitions are others'.</param>
/// <param name="Latency">For a delay, how long everything is held at least; up to half as much longer.</param>
/// <param name="Choice">Which one, where there are several: an index modulo their number.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, TimeSpan Lasts, bool OutlivesSession, TimeSpan Latency, int Choice)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:mm\\:ss} {Kind}{Length}");

    private string Length => (Lasts > TimeSpan.Zero, OutlivesSession, Latency > TimeSpan.Zero) switch
    {
        (false, _, _) => "",
        (_, true, _) => string.Create(CultureInfo.InvariantCulture, $" for its session time and {Lasts.TotalSeconds:0.0} s"),
        (_, _, true) => string.Create(CultureInfo.InvariantCulture, $" of {Latency.TotalMilliseconds:0} ms for {Lasts.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $" for {Lasts.TotalSeconds:0.0} s"),
    };
}
