namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it says.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was given up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What it has to say, or why it failed.</summary>
    public string? Message { get; init; }

    /// <summary>What it produced, if anything.</summary>
    public CommandResultData? Data { get; init; }
}
