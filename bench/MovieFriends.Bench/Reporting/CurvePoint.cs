namespace MovieFriends.Bench.Reporting;

/// <summary>One figure of a <see cref="Curve"/>.</summary>
/// <param name="Seconds">When, since the beginning.</param>
/// <param name="Value">The figure, in the measure's unit.</param>
internal sealed record CurvePoint(double Seconds, double Value);
