namespace MovieFriends.Chaos.Faults;

/// <summary>What is done to a target.</summary>
internal enum FaultAction
{
    /// <summary>SIGKILL; started again at once.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT later.</summary>
    Pause,

    /// <summary>SIGTERM; started again when it has ended.</summary>
    Terminate,

    /// <summary>Connections are dropped and refused.</summary>
    Cut,

    /// <summary>Everything takes longer on its way.</summary>
    Delay,

    /// <summary>One more.</summary>
    Join,

    /// <summary>One less: SIGTERM, and not started again.</summary>
    Leave,
}
