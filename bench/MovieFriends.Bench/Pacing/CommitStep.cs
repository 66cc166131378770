namespace MovieFriends.Bench.Pacing;

/// <summary>A reader of the graph has seen that a partition's messages are in it.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The first offset that was not.</param>
/// <param name="SeenAt">When the answer was there, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record CommitStep(int Partition, long NextOffset, long SeenAt);
