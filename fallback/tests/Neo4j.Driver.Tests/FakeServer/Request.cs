namespace Neo4j.Driver.Tests.FakeServer;

/// <summary>A message from the driver.</summary>
internal sealed record Request(byte Tag, object[] Fields)
{
    public Dictionary<string, object> Map(int field) => (Dictionary<string, object>)Fields[field];
}
