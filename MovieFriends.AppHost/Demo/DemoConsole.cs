using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

internal static class DemoConsole
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

    /// <summary>Whether progress bars can be redrawn in place.</summary>
    public static bool IsLive(this IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
}
