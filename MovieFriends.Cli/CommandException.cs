namespace MovieFriends.Cli;

/// <summary>The command cannot go on. The message is for the user: what is wrong and the way out.</summary>
internal sealed class CommandException(string message, int exitCode = CommandException.Failed) : Exception(message)
{
    public const int Failed = 1;

    /// <summary>What was asked for cannot be done as it was asked for.</summary>
    public const int Refused = 2;

    /// <summary>Ended by Ctrl-C or a termination signal.</summary>
    public const int Interrupted = 130;

    public int ExitCode { get; } = exitCode;
}
