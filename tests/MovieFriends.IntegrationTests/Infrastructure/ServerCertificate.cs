namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>A server's certificate as PEM files.</summary>
/// <param name="Key">The private key.</param>
/// <param name="Chain">The certificate and the one that has signed it.</param>
/// <param name="Both">Key and chain, as Kafka wants them.</param>
internal sealed record ServerCertificate(string Key, string Chain, string Both);
