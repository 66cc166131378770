namespace MovieFriends.Chaos.Judging;

/// <summary>What the topic says about one user and day: the last charge by event time, then by offset.</summary>
internal readonly record struct ExpectedCharge(double Amount, double Time, long Offset);
