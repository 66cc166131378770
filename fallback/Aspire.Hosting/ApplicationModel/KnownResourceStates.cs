namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states the host itself publishes.</summary>
public static class KnownResourceStates
{
    /// <summary>Starting.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Running.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>What it runs on does not work.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A process that was stopped.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A process that ended by itself.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waiting for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Not started yet; starts on command.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Present, with no life of its own.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>A parameter without a value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>The states nothing comes after, unless someone acts.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
