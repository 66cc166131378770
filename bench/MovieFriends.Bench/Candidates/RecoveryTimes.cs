namespace MovieFriends.Bench.Candidates;

/// <summary>What came out of a <see cref="RecoveryRun"/>.</summary>
/// <param name="Consumer">Seconds from the consumer's kill until its successor has committed.</param>
/// <param name="Graph">Seconds from the database's kill until the consumer has committed again.</param>
/// <param name="GraphAnswers">Seconds from the database's kill until it answers again.</param>
/// <param name="Charges">Charges in the graph in the end, each of them once.</param>
internal sealed record RecoveryTimes(double Consumer, double Graph, double GraphAnswers, long Charges);
