namespace MovieFriends.Cli.Running;

/// <summary>What a program that ran to its end left behind.</summary>
/// <param name="Output">Standard output and standard error, in the order in which the lines came.</param>
internal sealed record ProgramResult(int ExitCode, string Output);
