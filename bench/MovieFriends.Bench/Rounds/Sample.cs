namespace MovieFriends.Bench.Rounds;

/// <summary>What came out of one round of one candidate.</summary>
/// <param name="Value">The figure, in the measure's unit.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="ProcessorSeconds">Processor time of the candidate's own process; null where it shares one with others.</param>
/// <param name="Counts">What else was counted, by name.</param>
internal sealed record Sample(double Value, double Seconds, double? ProcessorSeconds, IReadOnlyDictionary<string, long> Counts);
