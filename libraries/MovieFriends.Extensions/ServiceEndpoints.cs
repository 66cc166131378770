namespace MovieFriends.Extensions;

/// <summary>Paths at which a service answers over HTTP.</summary>
public static class ServiceEndpoints
{
    /// <summary>Whether it is healthy.</summary>
    public const string Health = "/health";

    /// <summary>Whether it lives, whatever it waits for.</summary>
    public const string Alive = "/alive";

    /// <summary>How far it is.</summary>
    public const string Status = "/status";
}
