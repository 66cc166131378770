namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the value a command produced is written.</summary>
public enum CommandResultFormat
{
    /// <summary>As plain text.</summary>
    Text,

    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As Markdown.</summary>
    Markdown,
}
