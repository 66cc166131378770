namespace MovieFriends.Contracts.Reporting;

/// <summary>What a replay of dead letters did, or would do.</summary>
/// <param name="Applied">False for a dry run.</param>
/// <param name="Types">The dead letters of the topic by kind of error, without those that were cut short.</param>
/// <param name="PutBack">Messages that were put back to the end of their topic; in a dry run, that would be.</param>
/// <param name="CutShort">Dead letters that do not hold their whole original, because of its size; they stay.</param>
/// <param name="OfOtherTopics">Dead letters of other topics in the dead-letter topic; they stay.</param>
/// <param name="WithoutHeaders">Messages in the dead-letter topic without the headers of a dead letter; they stay.</param>
public sealed record ReplayReport(bool Applied, IReadOnlyList<ReplayedDeadLetters> Types, long PutBack, long CutShort, long OfOtherTopics, long WithoutHeaders);

/// <summary>Dead letters of one kind, as they were before the replay.</summary>
/// <param name="ErrorType">The kind of error.</param>
/// <param name="DeadLetters">All of them.</param>
/// <param name="Doubles">Dead letters whose original has another dead letter that counts.</param>
/// <param name="PutBackBefore">Originals that an earlier replay put back.</param>
/// <param name="Waiting">Originals that no replay has put back.</param>
/// <param name="Chosen">Of those, the ones that this replay takes.</param>
public sealed record ReplayedDeadLetters(string ErrorType, long DeadLetters, long Doubles, long PutBackBefore, long Waiting, long Chosen);
