namespace Neo4j.Driver;

/// <summary>Whether to use TLS, and whom to trust: said by the scheme of the URI or by the settings, not by both.</summary>
internal sealed record Encryption(bool Enabled, TrustManager TrustManager)
{
    /// <exception cref="ArgumentException">Both the scheme and the settings say something.</exception>
    /// <exception cref="NotSupportedException">The scheme is unknown, or one for routing.</exception>
    public static Encryption For(Uri uri, Config config)
    {
        var configured = config.ChosenEncryptionLevel is not null || config.TrustManager is not null;
        switch (uri.Scheme.ToLowerInvariant())
        {
            case "bolt":
                var enabled = config.EncryptionLevel == EncryptionLevel.Encrypted;
                return new Encryption(enabled, config.TrustManager ?? TrustManager.CreateChainTrust());
            case "bolt+s" or "bolt+ssc" when configured:
                throw new ArgumentException($"The scheme {uri.Scheme} says how to encrypt; the settings must not say it again.");
            case "bolt+s":
                return new Encryption(true, TrustManager.CreateChainTrust());
            case "bolt+ssc":
                return new Encryption(true, TrustManager.CreateInsecure());
            case "neo4j" or "neo4j+s" or "neo4j+ssc":
                throw new NotSupportedException(
                    $"{uri.Scheme}:// asks for routing in a cluster, which this build of the driver lacks: use bolt://, bolt+s:// or bolt+ssc:// " +
                    "to connect to one server, or build with the official Neo4j.Driver package.");
            default:
                throw new NotSupportedException($"Unsupported URI scheme: {uri.Scheme}");
        }
    }
}
