namespace MovieFriends.Simulation.Checking;

/// <summary>What the engine promises, as far as the simulation can tell. A run is shrunk as long as it breaks the same one.</summary>
internal enum Promise
{
    /// <summary>The ledger moves forward, from where it stood, and not past the end of its partition.</summary>
    InOrder,

    /// <summary>The ledger and the rows of the messages that it passes are written together.</summary>
    Together,

    /// <summary>No message is written twice.</summary>
    Once,

    /// <summary>No message is passed that is neither written nor a dead letter.</summary>
    Everything,

    /// <summary>What is not for the graph is not written.</summary>
    OnlyValid,

    /// <summary>What cannot be written is a dead letter, once, and nothing else is.</summary>
    DeadLetterOnce,

    /// <summary>Some minutes after the last fault everything is written.</summary>
    Progress,

    /// <summary>No process gives up.</summary>
    NobodyStepsIn,

    /// <summary>No buffer is above its bound.</summary>
    BoundedMemory,

    /// <summary>No message is counted more often than it is written.</summary>
    CountedOnce,

    /// <summary>The group's offsets are never ahead of the ledger.</summary>
    GroupFollows,

    /// <summary>Transactions that lock neighbours in the same order do not wait in a circle for them.</summary>
    LockOrder,

    /// <summary>A process that is asked to end does so in time.</summary>
    EndsInTime,

    /// <summary>Nothing leaves the simulation for another thread.</summary>
    StaysInside,
}
