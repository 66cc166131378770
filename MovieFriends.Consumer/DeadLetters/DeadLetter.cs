namespace MovieFriends.Consumer.DeadLetters;

/// <summary>A message of a batch that does not become a charge.</summary>
/// <param name="Message">Its place in the batch.</param>
/// <param name="Reason">One of <see cref="Contracts.Topics.DeadLetterReasons"/>.</param>
/// <param name="Explanation">The error in one sentence.</param>
internal readonly record struct DeadLetter(int Message, string Reason, string Explanation);
