namespace Neo4j.Driver.Types;

internal sealed class Relationship(long id, string elementId, string type, IReadOnlyDictionary<string, object> properties)
    : Entity(id, elementId, properties), IRelationship
{
    public string Type => type;

    public long StartNodeId { get; init; }

    public long EndNodeId { get; init; }

    public string StartNodeElementId { get; init; }

    public string EndNodeElementId { get; init; }

    /// <summary>A path sends its relationships without their ends.</summary>
    public Relationship Between(Node start, Node end) => new(Id, ElementId, type, Properties)
    {
        StartNodeId = start.Id,
        EndNodeId = end.Id,
        StartNodeElementId = start.ElementId,
        EndNodeElementId = end.ElementId,
    };

    public bool Equals(IRelationship other) => other is not null && other.ElementId == ElementId;

    public override bool Equals(object obj) => Equals(obj as IRelationship);

    public override int GetHashCode() => base.GetHashCode();
}
