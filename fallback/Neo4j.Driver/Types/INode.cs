namespace Neo4j.Driver;

/// <summary>A node of the graph.</summary>
public interface INode : IEntity, IEquatable<INode>
{
    IReadOnlyList<string> Labels { get; }
}
