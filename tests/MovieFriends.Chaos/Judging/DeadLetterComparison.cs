namespace MovieFriends.Chaos.Judging;

/// <param name="Missing">Messages without their dead letter.</param>
/// <param name="Doubled">Messages with more than one.</param>
/// <param name="Unexpected">Dead letters without a message.</param>
internal sealed record DeadLetterComparison(IReadOnlyList<DeadLetter> Missing, IReadOnlyList<DeadLetter> Doubled, IReadOnlyList<DeadLetter> Unexpected);
