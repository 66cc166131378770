using MovieFriends.Extensions;
using MovieFriends.Machine;

namespace MovieFriends.Hosting.Terminal;

/// <summary>The application cannot start as it is configured, or on this machine.</summary>
internal static class StartRefusal
{
    private const int ExitCode = 2;

    /// <summary>Ends the process with the one line that says what is wrong. Any other exception is left to the runtime.</summary>
    public static void Report(object sender, UnhandledExceptionEventArgs args)
    {
        if (Find(args.ExceptionObject as Exception) is { } refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            Environment.Exit(ExitCode);
        }
    }

    /// <summary>The refusal in an exception, however the host has wrapped it.</summary>
    internal static Exception? Find(Exception? exception) => exception switch
    {
        null => null,
        ConfigurationException or MachineException => exception,
        AggregateException { InnerExceptions: var inner } => inner.Select(Find).FirstOrDefault(found => found is not null),
        _ => Find(exception.InnerException),
    };
}
