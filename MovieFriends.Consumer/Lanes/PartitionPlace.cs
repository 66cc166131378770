using MovieFriends.Consumer.DeadLetters;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Where reading of a partition starts.</summary>
/// <param name="Start">The offset of the first message to read.</param>
/// <param name="End">The offset that the partition's next message would have had at that time.</param>
/// <param name="DeadLetters">Letters that are there already of messages from <paramref name="Start"/> on.</param>
internal sealed record PartitionPlace(long Start, long End, IReadOnlyList<FoundDeadLetter> DeadLetters);
