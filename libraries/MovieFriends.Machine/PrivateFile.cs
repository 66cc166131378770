namespace MovieFriends.Machine;

/// <summary>Files that only their owner may read, because a password stands in them.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the whole file or nothing of it, so that a reader never sees half a file.</summary>
    /// <exception cref="MachineException">The folder cannot be written to.</exception>
    public static void Write(string path, string content)
    {
        try
        {
            WriteDraft(path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be written ({exception.Message}): make its folder writable or free some space.", exception);
        }
    }

    /// <summary>What the file holds; it is written first if it is not there.</summary>
    /// <exception cref="MachineException">The folder cannot be written to.</exception>
    public static string ReadOrCreate(string path, Func<string> content)
    {
        if (!File.Exists(path))
            Write(path, content());
        return File.ReadAllText(path).Trim();
    }

    private static void WriteDraft(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var draft = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        using (var writer = new StreamWriter(draft, options))
            writer.Write(content);
        File.Move(draft, path, overwrite: true);
    }
}
