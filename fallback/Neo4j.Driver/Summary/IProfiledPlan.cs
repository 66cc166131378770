namespace Neo4j.Driver;

/// <summary>An operator of an execution plan with what it cost.</summary>
public interface IProfiledPlan : IPlan
{
    long DbHits { get; }

    long Records { get; }

    long PageCacheHits { get; }

    long PageCacheMisses { get; }

    double PageCacheHitRatio { get; }

    /// <summary>In nanoseconds.</summary>
    long Time { get; }

    bool HasPageCacheStats { get; }

    new IList<IProfiledPlan> Children { get; }
}
