namespace MovieFriends.Bench.Measures;

internal static class MeasureCatalog
{
    /// <summary>Every measure there is, in the order in which they are made. The one that lets the graph grow is the last.</summary>
    public static IReadOnlyList<IMeasure> All { get; } =
    [
        new ProduceMeasure(), new SeedMeasure(), new TracingMeasure(), new BatchesMeasure(), new ConsumeMeasure(), new RentalsMeasure(), new LatencyMeasure(), new MemoryMeasure(), new RecoverMeasure(), new GrowthMeasure(),
    ];
}
