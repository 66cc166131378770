namespace MovieFriends.Cli.Testing;

/// <summary>Which suites run, on which servers, and which tests are theirs.</summary>
internal static class SuitePlan
{
    private const string Trait = nameof(Suite);

    /// <summary>The suites that are asked for, in the order in which they run.</summary>
    /// <param name="named">Asked for by name; if there are none, <paramref name="all"/> decides.</param>
    /// <param name="all">Everything, not only what is done within minutes.</param>
    /// <param name="modern">Modern servers are at hand. On those from npm only the tests of the compatibility set run.</param>
    /// <exception cref="CommandException">The slow suite is asked for without modern servers.</exception>
    public static IReadOnlyList<Suite> Decide(IReadOnlyCollection<Suite> named, bool all, bool modern)
    {
        if (named.Contains(Suite.Slow) && !modern)
        {
            throw new CommandException(
                "The slow suite runs on modern servers: set KAFKA_HOME and NEO4J_HOME. On those from npm there is the suite 'compatibility'.", CommandException.Refused);
        }

        IEnumerable<Suite> wanted = (named.Count > 0, all, modern) switch
        {
            (true, _, _) => named,
            (_, false, _) => [Suite.Unit, Suite.Fast],
            (_, _, true) => Enum.GetValues<Suite>(),
            // Fast and slow are one there: the compatibility set.
            _ => [Suite.Unit, Suite.Containers, Suite.Compatibility],
        };
        return [.. wanted.Distinct().Order()];
    }

    /// <summary>Whether Kafka and Neo4j come from npm.</summary>
    public static bool UsesNpmServers(this Suite suite, bool modern) => suite == Suite.Compatibility || (suite == Suite.Fast && !modern);

    /// <summary>Tells the test program which tests to run.</summary>
    /// <param name="suite">Whose tests.</param>
    /// <param name="modern">Modern servers are at hand.</param>
    /// <param name="filter">Part of a class or method name, or null.</param>
    public static IEnumerable<string> Arguments(this Suite suite, bool modern, string? filter)
    {
        IEnumerable<string> traits = suite switch
        {
            Suite.Unit => [],
            Suite.Fast when modern => [.. Without(Suite.Slow), .. Without(Suite.Containers)],
            Suite.Fast => [.. With(Suite.Compatibility), .. Without(Suite.Slow), .. Without(Suite.Containers)],
            Suite.Slow or Suite.Compatibility => [.. With(suite), .. Without(Suite.Containers)],
            _ => With(suite),
        };
        return filter is null ? traits : [.. traits, "-method", filter.Contains('*') ? filter : $"*{filter}*"];
    }

    private static string[] With(Suite suite) => ["-trait", $"{Trait}={suite}"];

    private static string[] Without(Suite suite) => ["-trait-", $"{Trait}={suite}"];
}
