namespace MovieFriends.Contracts.Charges;

/// <summary>One daily charge of one user, as a message of the topic <c>charges</c> carries it.</summary>
/// <param name="UserId">The user, from <see cref="ChargeId.MinUserId"/> to <see cref="ChargeId.MaxUserId"/>.</param>
/// <param name="Amount">US dollars; any finite number.</param>
/// <param name="EpochSeconds">Event time in seconds since 1970-01-01 UTC, before the year 10000.</param>
public readonly record struct Charge(long UserId, double Amount, double EpochSeconds)
{
    /// <summary>The UTC day of the event as the number <c>yyyyMMdd</c>.</summary>
    public int Day => UtcDay.FromEpochSeconds(EpochSeconds);

    /// <summary>The key of this charge in the graph.</summary>
    public long ChargeId => Charges.ChargeId.Create(UserId, Day);
}
