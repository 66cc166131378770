namespace Neo4j.Driver.Types;

internal sealed class Path(IReadOnlyList<INode> nodes, IReadOnlyList<IRelationship> relationships) : IPath
{
    public INode Start => nodes[0];

    public INode End => nodes[^1];

    public IReadOnlyList<INode> Nodes => nodes;

    public IReadOnlyList<IRelationship> Relationships => relationships;

    public bool Equals(IPath other) =>
        other is not null && nodes.SequenceEqual(other.Nodes) && relationships.SequenceEqual(other.Relationships);

    public override bool Equals(object obj) => Equals(obj as IPath);

    public override int GetHashCode() => HashCode.Combine(Start, End, relationships.Count);
}
