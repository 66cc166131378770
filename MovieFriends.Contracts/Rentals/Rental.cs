namespace MovieFriends.Contracts.Rentals;

/// <summary>A user has rented a movie: the JSON of a message, and the properties of a row of the statement that writes it.</summary>
/// <param name="UserId">The user.</param>
/// <param name="MovieId">The movie.</param>
/// <param name="At">Event time in seconds since 1970-01-01 UTC.</param>
public sealed record Rental(long UserId, long MovieId, double At)
{
    /// <summary>The event time.</summary>
    /// <exception cref="ArgumentException">It is not one of the years 1 to 9999: the message is no rental then.</exception>
    public DateTimeOffset GetTime() => DateTimeOffset.UnixEpoch.AddSeconds(At);
}
