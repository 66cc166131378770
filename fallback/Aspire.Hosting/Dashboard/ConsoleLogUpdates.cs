using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>Puts lines into messages of a size that every client takes: the limit of gRPC's clients is 4 MiB.</summary>
internal static class ConsoleLogUpdates
{
    // A character takes up to three bytes, and a line some more for its number.
    public const int MaxCharacters = 512 * 1024;
    public const int MaxLines = 2_000;

    public static IEnumerable<Protocol.WatchResourceConsoleLogsUpdate> From(IReadOnlyList<LogLine> lines)
    {
        var update = new Protocol.WatchResourceConsoleLogsUpdate();
        var characters = 0;
        foreach (var line in lines)
        {
            var text = line.Content.Length > MaxCharacters ? line.Content[..MaxCharacters] : line.Content;
            if (update.LogLines.Count == MaxLines || update.LogLines.Count > 0 && characters + text.Length > MaxCharacters)
            {
                yield return update;
                (update, characters) = (new(), 0);
            }
            update.LogLines.Add(new Protocol.ConsoleLogLine { Text = text, LineNumber = line.LineNumber, IsStdErr = line.IsErrorMessage });
            characters += text.Length;
        }
        if (update.LogLines.Count > 0)
            yield return update;
    }
}
