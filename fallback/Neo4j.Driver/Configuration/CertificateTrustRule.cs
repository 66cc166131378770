namespace Neo4j.Driver;

/// <summary>Which certificates of servers are trusted.</summary>
public enum CertificateTrustRule
{
    /// <summary>Those that an authority of the system's store has signed.</summary>
    TrustSystem = 0,

    /// <summary>Those that are given, or that a given one has signed.</summary>
    TrustList = 1,

    /// <summary>Any.</summary>
    TrustAny = 2,
}
