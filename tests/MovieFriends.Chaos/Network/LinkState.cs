namespace MovieFriends.Chaos.Network;

/// <summary>What a link between services and a server does.</summary>
internal enum LinkState
{
    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>Nobody listens, and there is no connection.</summary>
    Cut,

    /// <summary>Connections are there and may be made, but no byte passes.</summary>
    Stalled,
}
