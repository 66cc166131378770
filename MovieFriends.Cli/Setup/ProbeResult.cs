namespace MovieFriends.Cli.Setup;

/// <summary>What there is on the machine. Looking takes seconds, so it is remembered.</summary>
/// <param name="Java">The Java that was found, of whatever version; null if there is none.</param>
/// <param name="ContainerRuntime">Name and version of the container runtime that answers, or null.</param>
/// <param name="Npm">Path of npm, or null.</param>
/// <param name="MissingPackages">The official packages that the package sources lack.</param>
/// <param name="JavaProblem">Why there is no Java, and the way out, if there is none.</param>
internal sealed record ProbeResult(JavaRuntime? Java, string? ContainerRuntime, string? Npm, IReadOnlyList<string> MissingPackages, string? JavaProblem = null)
{
    /// <summary>Whether the official Neo4j driver is there.</summary>
    public bool OfficialDriver => !MissingPackages.Contains("Neo4j.Driver");
}
