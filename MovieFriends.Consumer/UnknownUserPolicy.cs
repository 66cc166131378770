namespace MovieFriends.Consumer;

/// <summary>What becomes of a charge whose user is not in the graph. It is counted in every case.</summary>
internal enum UnknownUserPolicy
{
    /// <summary>It goes to the dead-letter topic.</summary>
    DeadLetter,

    /// <summary>The user is created.</summary>
    Create,

    /// <summary>It is passed over.</summary>
    Skip,
}
