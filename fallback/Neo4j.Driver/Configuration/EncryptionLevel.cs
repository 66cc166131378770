namespace Neo4j.Driver;

/// <summary>Whether connections use TLS, where the scheme of the URI does not say.</summary>
public enum EncryptionLevel
{
    None,
    Encrypted,
}
