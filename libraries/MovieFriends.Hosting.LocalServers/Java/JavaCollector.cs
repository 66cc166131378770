namespace MovieFriends.Hosting.LocalServers.Java;

/// <summary>
/// Chooses one garbage collector where several may be asked for, since Java starts with none then: by variables of the environment that Java
/// reads by itself, by the options of the server, and by us. Whoever asks last wins over those before him.
/// </summary>
internal static class JavaCollector
{
    private const string On = "-XX:+";
    private const string Off = "-XX:-";

    // Java reads the first two before the command line, the last one after it.
    private static readonly string[] s_before = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];
    private const string After = "_JAVA_OPTIONS";

    private static readonly string[] s_names =
    [
        "UseSerialGC", "UseParallelGC", "UseParallelOldGC", "UseParNewGC", "UseConcMarkSweepGC", "UseG1GC", "UseZGC", "UseShenandoahGC", "UseEpsilonGC",
    ];

    /// <summary>The options of a command line with the collector that it is to have.</summary>
    /// <param name="ours">The option for the collector that is taken if nobody asks for one.</param>
    /// <param name="options">The options that the server is configured with.</param>
    /// <param name="variable">Reads the environment; the process's own by default.</param>
    /// <returns>What stands before the configured options, and those of them that may stay.</returns>
    public static (string[] Choice, string[] Options) Choose(string ours, string[] options, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        string[] after = [.. Collectors(JavaCommand.Split(variable(After) ?? ""))];
        string[] before = [.. s_before.SelectMany(name => Collectors(JavaCommand.Split(variable(name) ?? "")))];
        string[] configured = [.. Collectors(options)];
        if (after.Length > 0)
            return ([.. before.Except(after).Select(Without)], [.. options.Where(option => !IsCollector(option))]);
        if (configured.Length > 0)
            return ([.. before.Except(configured).Select(Without)], options);
        return (before.Length > 0 ? [] : [ours], options);
    }

    private static IEnumerable<string> Collectors(string[] options) => options.Where(option => IsCollector(option) && option.StartsWith(On, StringComparison.Ordinal)).Distinct();

    private static bool IsCollector(string option) =>
        (option.StartsWith(On, StringComparison.Ordinal) || option.StartsWith(Off, StringComparison.Ordinal)) && s_names.Contains(option[On.Length..]);

    private static string Without(string collector) => Off + collector[On.Length..];
}
