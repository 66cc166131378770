namespace MovieFriends.Verifier.Graph;

/// <summary>Takes one charge of the graph.</summary>
/// <param name="chargeId">The charge; null if its id is no whole number.</param>
/// <param name="amount">US dollars; not a number if it is none.</param>
/// <param name="time">Event time in seconds since 1970-01-01 UTC; not a number if it is none.</param>
internal delegate void ChargeVisitor(long? chargeId, double amount, double time);
