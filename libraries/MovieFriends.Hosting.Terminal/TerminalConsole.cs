using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

internal static class TerminalConsole
{
    private const int WidthOfAFile = 140;

    /// <summary>The terminal, or a writer of plain lines where output is not a terminal.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfAFile;
        return console;
    }

    /// <summary>Whether what was written can be redrawn in place.</summary>
    public static bool IsLive(this IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
}
