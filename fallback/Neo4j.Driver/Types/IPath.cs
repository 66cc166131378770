namespace Neo4j.Driver;

/// <summary>A walk through the graph.</summary>
public interface IPath : IEquatable<IPath>
{
    INode Start { get; }

    INode End { get; }

    IReadOnlyList<INode> Nodes { get; }

    IReadOnlyList<IRelationship> Relationships { get; }
}
