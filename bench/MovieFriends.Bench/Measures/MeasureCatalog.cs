namespace MovieFriends.Bench.Measures;

internal static class MeasureCatalog
{
    /// <summary>Every measure there is, in the order in which they are made.</summary>
    public static IReadOnlyList<IMeasure> All { get; } = [new TracingMeasure(), new ConsumeMeasure(), new LatencyMeasure(), new MemoryMeasure(), new RecoverMeasure()];
}
