namespace MovieFriends.Verifier.Graph;

/// <summary>Takes one charge of the graph.</summary>
/// <param name="chargeId">The charge.</param>
/// <param name="amount">US dollars.</param>
/// <param name="time">Event time in seconds since 1970-01-01 UTC.</param>
internal delegate void ChargeVisitor(long chargeId, double amount, double time);
