namespace MovieFriends.AppHost.Live;

/// <summary>How a resource's state is to be taken.</summary>
internal enum Tone
{
    /// <summary>It runs, and is healthy.</summary>
    Good,

    /// <summary>It is on its way, or waits for another.</summary>
    Waiting,

    /// <summary>It is not meant to run now, or has done its work.</summary>
    Quiet,

    /// <summary>It runs and is not healthy, or has failed.</summary>
    Bad,
}
