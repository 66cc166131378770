namespace Neo4j.Driver;

/// <summary>Who signs in; <see cref="AuthTokens"/> makes them.</summary>
public interface IAuthToken
{
}
