using System.Globalization;
using System.Text;

namespace MovieFriends.Reports;

/// <summary>A report as Markdown, with its picture in a file beside it.</summary>
internal static class ReportFile
{
    public const string Extension = ".md";

    /// <summary>Finds out before a run whether its report can be written.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void Prepare(string path)
    {
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The report '{path}' is not allowed; it takes a file whose name ends in {Extension}.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The report '{path}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Writes both files.</summary>
    public static void Write(string path, RunReport report)
    {
        var picture = Path.ChangeExtension(path, ".svg");
        File.WriteAllText(picture, ReportPicture.Draw(report));
        File.WriteAllText(path, Markdown(report, Path.GetFileName(picture)));
    }

    /// <summary>The text, with a relative link to the picture.</summary>
    public static string Markdown(RunReport report, string picture)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(report.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{(report.IsGood ? "" : "**FAILED.** ")}{Escape(report.Verdict)} {Escape(report.About)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"![Faults, events per second, lag and owners of partitions over time]({Uri.EscapeDataString(picture)})\n\n");
        text.Append("| | |\n| --- | ---: |\n");
        foreach (var (name, value) in report.Counts)
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(name)} | {Escape(value)} |\n");

        if (report.Faults.Count > 0)
        {
            text.Append("\n| fault | times |\n| --- | ---: |\n");
            foreach (var (kind, count) in report.Faults.CountBy(fault => fault.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"| {Escape(kind)} | {count:N0} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nMade by\n\n```\n{report.Command}\n```\n").ToString();
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
