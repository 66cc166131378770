namespace MovieFriends.Bench.Reporting;

/// <summary>Figures over time.</summary>
/// <param name="Name">Of whom.</param>
/// <param name="Points">In the order of time.</param>
internal sealed record Curve(string Name, IReadOnlyList<CurvePoint> Points);
