namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value a command produced.</summary>
public sealed class CommandResultData
{
    /// <summary>The value.</summary>
    public required string Value { get; init; }

    /// <summary>How it is written.</summary>
    public CommandResultFormat Format { get; init; }

    /// <summary>Whether the dashboard opens it at once, instead of offering it.</summary>
    public bool DisplayImmediately { get; init; }
}
