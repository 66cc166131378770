using MovieFriends.Hosting.LocalServers.Java;
using MovieFriends.Machine;

namespace MovieFriends.Bench.Environments;

/// <summary>The programs that come with the Kafka whose broker the AppHost starts.</summary>
/// <param name="Java">The <c>java</c> program.</param>
/// <param name="Kafka">Where they are, and of which version.</param>
internal sealed record KafkaTools(string Java, KafkaHome Kafka)
{
    /// <exception cref="MachineException">Java or Kafka is missing.</exception>
    public static KafkaTools Find()
    {
        var packages = Path.GetFullPath(Path.Combine(Projects.MovieFriends_AppHost.ProjectPath, "..", NpmServers.PackagesFolder));
        return new(JavaRuntime.Find(Environment.GetEnvironmentVariable).Path, KafkaHome.Find(Environment.GetEnvironmentVariable(KafkaHome.Variable), packages));
    }

    /// <summary>The command line of a program, with the options that Kafka's own scripts start it with.</summary>
    public JavaCommand Command(string mainClass, params IReadOnlyList<string> arguments) => new(
        [
            "-Xmx512m", "-server", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35", "-Djava.awt.headless=true",
            // Its figures are to be read.
            "-Duser.language=en", "-Duser.country=US",
        ],
        Kafka.ClassPath,
        mainClass,
        arguments);
}
