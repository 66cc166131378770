namespace MovieFriends.Producer;

/// <summary>What to do about a line that is no event.</summary>
internal enum MalformedLinePolicy
{
    /// <summary>Send nothing from that line on, and fail.</summary>
    Fail,

    /// <summary>Leave the line out, count it and go on.</summary>
    Skip,
}
