namespace Neo4j.Driver.Summary;

internal sealed class ServerInfo(string address, string protocolVersion) : IServerInfo
{
    public string Address => address;

    public string ProtocolVersion => protocolVersion;

    public string Agent { get; set; } = "";

    public override string ToString() => $"{Agent} at {address}, Bolt {protocolVersion}";
}
