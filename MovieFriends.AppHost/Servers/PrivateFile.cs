namespace MovieFriends.AppHost.Servers;

/// <summary>Files that only their owner may read, because a password stands in them.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the whole file or nothing of it, so that a reader never sees half a file.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be written to.</exception>
    public static void Write(string path, string content)
    {
        try
        {
            WriteDraft(path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be written ({exception.Message}): make its folder writable or free some space");
        }
    }

    private static void WriteDraft(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(content);
        }

        File.Move(draft, path, overwrite: true);
    }
}
