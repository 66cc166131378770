namespace Neo4j.Driver;

/// <summary>A relationship of the graph.</summary>
public interface IRelationship : IEntity, IEquatable<IRelationship>
{
    string Type { get; }

    [Obsolete("Replaced with StartNodeElementId, will be removed in 6.0")]
    long StartNodeId { get; }

    [Obsolete("Replaced with EndNodeElementId, will be removed in 6.0")]
    long EndNodeId { get; }

    string StartNodeElementId { get; }

    string EndNodeElementId { get; }
}
