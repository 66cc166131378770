using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

internal static class TerminalBuilderExtensions
{
    /// <summary>Writes what a person wants to know as plain lines, instead of the whole log.</summary>
    public static void AddTerminal(this IDistributedApplicationBuilder builder)
    {
        var console = TerminalConsole.Create();
        builder.Services.AddSingleton<IAnsiConsole>(console);

        // A test that hosts the application has logs of its own.
        if (Assembly.GetEntryAssembly() != builder.AppHostAssembly)
            return;

        builder.Services.AddLogging(logging => logging
            .ClearProviders()
            .AddProvider(new TerminalLoggerProvider(console))
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }
}
