using System.Diagnostics;
using Spectre.Console;

namespace MovieFriends.Cli;

/// <summary>What the command itself says: short lines, one per thing it does.</summary>
internal sealed class Display(IAnsiConsole console)
{
    private const int WidthOfAFile = 140;
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    private long _lastLine = Stopwatch.GetTimestamp();

    /// <summary>Writes to the terminal, or lines of a fixed width where output is not one.</summary>
    public static Display Create()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfAFile;
        return new(console);
    }

    private bool IsLive => console.Profile.Capabilities is { Ansi: true, Interactive: true };

    public void Line(string text)
    {
        Volatile.Write(ref _lastLine, Stopwatch.GetTimestamp());
        // A file's lines are as long as they are.
        if (console.Profile.Out.IsTerminal)
            console.WriteLine(text);
        else
            console.Profile.Out.Writer.WriteLine(text);
    }

    /// <summary>Says what the work is at: always where the terminal allows it, elsewhere after half a minute without a line.</summary>
    public async Task WatchAsync(Func<string> status, Func<Task> work)
    {
        if (!IsLive)
        {
            await WatchAsync(work(), () =>
            {
                if (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastLine)) >= s_silence)
                    Line(status());
            });
            return;
        }

        await console.Status().StartAsync(
            Markup.Escape(status()), live => WatchAsync(work(), () => live.Status = Markup.Escape(status())));
    }

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

    private static async Task WatchAsync(Task work, Action tell)
    {
        using var timer = new PeriodicTimer(s_often);
        for (var tick = timer.WaitForNextTickAsync().AsTask(); await Task.WhenAny(work, tick) != work; tick = timer.WaitForNextTickAsync().AsTask())
            tell();
        await work;
    }

    private sealed class Timing(Display display, string text) : IDisposable
    {
        private static readonly TimeSpan s_worthALine = TimeSpan.FromSeconds(10);
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            var elapsed = Stopwatch.GetElapsedTime(_start);
            if (elapsed >= s_worthALine)
                display.Line($"{text}: {elapsed.TotalSeconds:0} s");
        }
    }
}
