namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>What every service's host is told besides its own command line.</summary>
public static class ServiceArguments
{
    /// <summary>
    /// The command line of a host that reads its configuration once. No service takes a change over while it runs, and to watch files costs
    /// one of the few watches that the system gives out, for the whole folder.
    /// </summary>
    /// <param name="args">The command line; wins.</param>
    public static string[] With(string[] args) => ["--hostBuilder:reloadConfigOnChange=false", .. args];
}
