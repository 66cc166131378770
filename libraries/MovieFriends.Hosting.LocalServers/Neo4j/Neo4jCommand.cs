using MovieFriends.Hosting.LocalServers.Java;

namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>The Java command line that Neo4j's own start script ends in.</summary>
internal static class Neo4jCommand
{
    /// <summary>Packages of the JDK that Neo4j reaches into, in one version or another.</summary>
    private static readonly string[] s_openedPackages =
    [
        "java.nio", "java.io", "java.lang", "java.net", "java.util", "java.util.concurrent", "jdk.internal.misc", "jdk.internal.ref", "sun.nio.ch",
    ];

    // Collecting in parallel while the database stands still costs less of the processors than doing it beside the database: a quarter more
    // charges per second on two cores. The heap is too small for the pauses to be long.
    private const string Collector = "-XX:+UseParallelGC";

    public static JavaCommand Server(Neo4jHome home, Neo4jFiles files, Neo4jMemory memory, string javaOptions, Func<string, string?>? variable = null)
    {
        var (collector, further) = JavaCollector.Choose(Collector, JavaCommand.Split(javaOptions), variable);
        return new(
            [
                $"-Xms{memory.HeapMegabytes}m",
                $"-Xmx{memory.HeapMegabytes}m",
                .. collector,
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+TrustFinalNonStaticFields",
                "-XX:+DisableExplicitGC",
                "-Djdk.nio.maxCachedBufferSize=1024",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dlog4j2.disable.jmx=true",
                "-Dfile.encoding=UTF-8",
                .. s_openedPackages.Select(package => $"--add-opens=java.base/{package}=ALL-UNNAMED"),
                .. further,
            ],
            ClassPath(home, files),
            home.FindEntryPoint(),
            [$"--home-dir={files.Folder}", $"--config-dir={files.ConfigurationFolder}", .. home.Capabilities.ConsoleOptions]);
    }

    private static string ClassPath(Neo4jHome home, Neo4jFiles files)
    {
        var rest = new[] { Path.Combine(files.Plugins, "*"), files.ConfigurationFolder };
        if (!home.Capabilities.NeedsPortableEncoder)
        {
            return string.Join(Path.PathSeparator, [Path.Combine(home.Libraries, "*"), .. rest]);
        }

        // Every jar by its name, because a star would bring the original of the changed one back in.
        var original = PortableEncoder.JarOf(home);
        var jars = Directory.EnumerateFiles(home.Libraries, "*.jar").Order(StringComparer.Ordinal)
            .Select(jar => jar == original ? files.PatchedJar(jar) : jar);
        return string.Join(Path.PathSeparator, [.. jars, .. rest]);
    }
}
