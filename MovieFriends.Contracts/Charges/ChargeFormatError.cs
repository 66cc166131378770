namespace MovieFriends.Contracts.Charges;

/// <summary>Why a message value is not a charge.</summary>
public enum ChargeFormatError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>No value at all (a tombstone), or an empty one.</summary>
    Empty,

    /// <summary>Longer than <see cref="ChargeCodec.MaxAcceptedLength"/> bytes.</summary>
    TooLong,

    /// <summary>Not exactly three fields.</summary>
    FieldCount,

    /// <summary>The user id is not a whole number between <see cref="ChargeId.MinUserId"/> and <see cref="ChargeId.MaxUserId"/>.</summary>
    UserId,

    /// <summary>The amount is not a finite number.</summary>
    Amount,

    /// <summary>The time is not a number of seconds within the years 1970 to 9999.</summary>
    Time,
}
