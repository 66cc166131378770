namespace MovieFriends.Extensions;

/// <summary>Keeps what goes to this machine away from a proxy that the environment names (<c>http_proxy</c> and the like): none reaches it.</summary>
public static class LoopbackProxy
{
    private const char Separator = ',';

    // .NET reads the first that is there; other programs read one or the other.
    private static readonly string[] s_variables = ["no_proxy", "NO_PROXY"];
    private static readonly string[] s_hosts = ["localhost", ".localhost", "127.0.0.1", "[::1]", "::1"];

    /// <summary>
    /// Changes the environment of this process, and so of those that it starts. .NET looks when the first request is made, so this must come before.
    /// </summary>
    public static void Bypass()
    {
        // Windows has one variable by both names.
        var bypassed = With(s_variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)));
        foreach (var variable in s_variables)
            Environment.SetEnvironmentVariable(variable, bypassed);
    }

    /// <summary>A list of hosts that no proxy is asked for, with this machine's in it.</summary>
    /// <param name="hosts">The list, as in <c>NO_PROXY</c>; null if there is none.</param>
    public static string With(string? hosts)
    {
        var given = (hosts ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(Separator, given.Union(s_hosts, StringComparer.OrdinalIgnoreCase));
    }
}
