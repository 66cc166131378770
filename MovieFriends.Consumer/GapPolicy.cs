namespace MovieFriends.Consumer;

/// <summary>What to do when retention has deleted messages that were never read.</summary>
internal enum GapPolicy
{
    /// <summary>Stop and say how many are gone.</summary>
    Fail,

    /// <summary>Say how many are gone and go on with the first that is there.</summary>
    Skip,
}
