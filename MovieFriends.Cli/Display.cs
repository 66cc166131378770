using System.Diagnostics;
using Spectre.Console;

namespace MovieFriends.Cli;

/// <summary>What the command itself says: short lines, one per thing it does.</summary>
internal sealed class Display(IAnsiConsole console)
{
    private const int WidthOfAFile = 140;

    /// <summary>Writes to the terminal, or lines of a fixed width where output is not one.</summary>
    public static Display Create()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfAFile;
        return new(console);
    }

    public void Line(string text) => console.WriteLine(text);

    public void Table(params (string What, string Found, string Use)[] rows)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("", "found", "used for");
        foreach (var (what, found, use) in rows)
            table.AddRow(new Text(what), new Text(found), new Text(use));
        console.Write(table);
    }

    /// <summary>Says what begins, and how long it took if that is worth a line.</summary>
    public IDisposable Step(string text)
    {
        Line($"{text} ...");
        return new Timing(this, text);
    }

    private sealed class Timing(Display display, string text) : IDisposable
    {
        private static readonly TimeSpan WorthALine = TimeSpan.FromSeconds(10);
        private readonly long start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= WorthALine)
                display.Line($"{text}: {elapsed.TotalSeconds:0} s");
        }
    }
}
