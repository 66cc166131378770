namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line of a resource's log, numbered from 1.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
