namespace MovieFriends.UnitTests;

/// <summary>An empty folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("moviefriends-").FullName;

    public string File(string relativePath, string content = "")
    {
        var path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string Folder(string relativePath) => Directory.CreateDirectory(System.IO.Path.Combine(Path, relativePath)).FullName;

    /// <summary>A jar, which is a ZIP file, with empty entries.</summary>
    public string Jar(string relativePath, params string[] entries)
    {
        var path = File(relativePath);
        System.IO.File.Delete(path);
        using var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create);
        foreach (var entry in entries)
        {
            archive.CreateEntry(entry);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
