namespace MovieFriends.Hosting.LocalServers.Java;

/// <summary>
/// What <c>java</c> is started with. The class path goes in the environment, because it can be long and says nothing to whoever reads
/// a list of processes.
/// </summary>
internal sealed record JavaCommand(IReadOnlyList<string> Options, string ClassPath, string MainClass, IReadOnlyList<string> Arguments)
{
    public const string ClassPathVariable = "CLASSPATH";

    public IEnumerable<string> CommandLine => [.. Options, MainClass, .. Arguments];

    /// <summary>Splits options that were given in one string.</summary>
    public static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
