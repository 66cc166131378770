namespace Aspire.Hosting.Processes;

/// <summary>What the resource itself has to do with how its process is started.</summary>
/// <param name="Variables">The names of the variables that were set for it; the others are the AppHost's.</param>
/// <param name="Arguments">Its arguments, without those that start a project's assembly.</param>
/// <param name="AreSecret">Which of them hold a secret.</param>
internal sealed record LaunchFacts(IReadOnlyCollection<string> Variables, IReadOnlyList<string> Arguments, IReadOnlyList<bool> AreSecret);
