namespace MovieFriends.Bench.Pacing;

/// <summary>A charge that is in the topic.</summary>
/// <param name="Number">Its place among all that were sent, from 0.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Amount">In US dollars.</param>
/// <param name="Due">When it was to be sent, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record SentCharge(long Number, long UserId, double Amount, long Due);
