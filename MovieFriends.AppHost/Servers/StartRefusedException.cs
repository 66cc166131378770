namespace MovieFriends.AppHost.Servers;

/// <summary>
/// The application cannot start as it is configured. The message is one line that names the key, its value and what is allowed.
/// </summary>
internal sealed class StartRefusedException(string message) : DistributedApplicationException(message)
{
    private const int ExitCode = 2;
    private static int installed;

    /// <summary>
    /// Makes an unhandled refusal end the process with its one line and exit code 2 instead of a stack trace.
    /// Whoever catches it, like a test that hosts the application, is not affected.
    /// </summary>
    public static void EndsTheProcessWithOneLine()
    {
        if (Interlocked.Exchange(ref installed, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, args) =>
            {
                if (RefusalIn(args.ExceptionObject as Exception) is { } refusal)
                {
                    Console.Error.WriteLine(refusal.Message);
                    Environment.Exit(ExitCode);
                }
            };
        }
    }

    private static StartRefusedException? RefusalIn(Exception? exception) => exception switch
    {
        null => null,
        StartRefusedException refusal => refusal,
        AggregateException { InnerExceptions: var inner } => inner.Select(RefusalIn).FirstOrDefault(found => found is not null),
        _ => RefusalIn(exception.InnerException),
    };
}
