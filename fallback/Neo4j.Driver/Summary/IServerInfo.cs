namespace Neo4j.Driver;

/// <summary>The server that a connection leads to.</summary>
public interface IServerInfo
{
    /// <summary>Host and port.</summary>
    string Address { get; }

    /// <summary>The version of Bolt, such as <c>5.4</c>.</summary>
    string ProtocolVersion { get; }

    /// <summary>Product and version, such as <c>Neo4j/5.26.0</c>.</summary>
    string Agent { get; }
}
