namespace MovieFriends.Consumer;

/// <summary>Where a consumer's work is over.</summary>
internal enum StopPoint
{
    /// <summary>Nowhere: it runs until it is stopped.</summary>
    Never,

    /// <summary>At the end that each of its partitions had when it was assigned.</summary>
    End,
}
