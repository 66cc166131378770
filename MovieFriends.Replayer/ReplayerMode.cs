namespace MovieFriends.Replayer;

/// <summary>What is to be read again.</summary>
internal enum ReplayerMode
{
    /// <summary>Dead letters: they are put back to the end of their topic.</summary>
    Replay,

    /// <summary>The topic: the ledger in the graph is moved.</summary>
    Rewind,
}
