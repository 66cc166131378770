using Neo4j.Driver.Tests.PackStream;

namespace Neo4j.Driver.Tests.Types;

public sealed class EntityTests
{
    private const string Properties = "A1 81 78 01";

    [Fact]
    public void A_node_of_Bolt_5_has_an_element_id()
    {
        var node = Assert.IsAssignableFrom<INode>(Wire.Decode(Wire.Hex("B4 4E 03 91 81 41" + Properties + "81 65")));
        Assert.Equal(("e", 1L, 1), (node.ElementId, node["x"], node.Get<int>("x")));
        Assert.Equal(["A"], node.Labels);
        Assert.False(node.TryGet<int>("y", out _));
    }

    [Fact]
    public void A_node_before_Bolt_5_has_its_number_for_one()
    {
        var node = Assert.IsAssignableFrom<INode>(Wire.Decode(Wire.Hex("B3 4E 03 90 A0")));
        Assert.Equal("3", node.ElementId);
    }

    [Theory]
    [InlineData("B8 52 07 01 02 81 54 A0 81 72 81 73 81 65", "r", "s", "e")]
    [InlineData("B5 52 07 01 02 81 54 A0", "7", "1", "2")]
    public void A_relationship_knows_its_ends(string hex, string id, string start, string end)
    {
        var relationship = Assert.IsAssignableFrom<IRelationship>(Wire.Decode(Wire.Hex(hex)));
        Assert.Equal((id, start, end, "T"), (relationship.ElementId, relationship.StartNodeElementId, relationship.EndNodeElementId, relationship.Type));
    }

    [Fact]
    public void A_path_is_put_together_from_its_steps()
    {
        // (0)-[10]->(1)<-[11]-(2): relationship 1 forwards to node 1, relationship 2 backwards to node 2.
        var path = Assert.IsAssignableFrom<IPath>(Wire.Decode(Wire.Hex(
            "B3 50 93 B3 4E 00 90 A0 B3 4E 01 90 A0 B3 4E 02 90 A0 92 B3 72 0A 81 54 A0 B3 72 0B 81 54 A0 94 01 01 FE 02")));
        Assert.Equal(["0", "1", "2"], path.Nodes.Select(node => node.ElementId));
        Assert.Equal([("0", "1"), ("2", "1")], path.Relationships.Select(step => (step.StartNodeElementId, step.EndNodeElementId)));
        Assert.Equal(("0", "2"), (path.Start.ElementId, path.End.ElementId));
    }

    [Fact]
    public void A_structure_without_a_type_here_is_an_error_that_names_it() =>
        Assert.Contains("0x5A", Assert.Throws<ProtocolException>(() => Wire.Decode(Wire.Hex("B1 5A 01"))).Message, StringComparison.Ordinal);
}
