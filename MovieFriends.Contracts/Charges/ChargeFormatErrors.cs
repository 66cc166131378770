namespace MovieFriends.Contracts.Charges;

/// <summary>Texts for <see cref="ChargeFormatError"/>, as they stand in dead letters and error lines.</summary>
public static class ChargeFormatErrors
{
    /// <summary>What was expected, in one sentence.</summary>
    public static string Describe(this ChargeFormatError error) => error switch
    {
        ChargeFormatError.None => "The value is a charge.",
        ChargeFormatError.Empty => "The value is empty.",
        ChargeFormatError.TooLong => $"The value is longer than {ChargeCodec.MaxAcceptedLength} bytes.",
        ChargeFormatError.FieldCount => "The value does not have exactly the three fields userId,amount,epochSeconds.",
        ChargeFormatError.UserId => $"The user id is not a whole number from {ChargeId.MinUserId} to {ChargeId.MaxUserId}.",
        ChargeFormatError.Amount => "The amount is not a finite number.",
        ChargeFormatError.Time => "The time is not a number of seconds within the years 1970 to 9999.",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };
}
