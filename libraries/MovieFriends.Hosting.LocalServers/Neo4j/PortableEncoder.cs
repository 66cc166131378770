using System.IO.Compression;

namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>
/// Makes a copy of an old Neo4j's Bolt jar without the text encoder that no Java since version 9 lets it use. The installed jar
/// stays as it is.
/// </summary>
internal static class PortableEncoder
{
    private const string Refused = "org/neo4j/bolt/v1/packstream/utf8/SunMiscUTF8Encoder.class";

    public static string JarOf(Neo4jHome home) =>
        Directory.EnumerateFiles(home.Libraries, "neo4j-bolt-*.jar").FirstOrDefault()
        ?? throw new MachineException($"{home} in {home.Folder} is incomplete, because lib/neo4j-bolt-*.jar is missing: install it anew.");

    public static void CopyJar(Neo4jHome home, Neo4jFiles files)
    {
        var original = JarOf(home);
        var copy = files.PatchedJar(original);
        if (File.Exists(copy))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var draft = copy + ".draft";
        File.Copy(original, draft, overwrite: true);
        using (var archive = ZipFile.Open(draft, ZipArchiveMode.Update))
        {
            archive.GetEntry(Refused)?.Delete();
        }

        File.Move(draft, copy, overwrite: true);
    }
}
