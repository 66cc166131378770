namespace MovieFriends.Chaos.Traffic;

/// <summary>A file with the lines of one process.</summary>
internal sealed class RoleLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter? _file;
    private bool _disposed;

    /// <param name="folder">No folder, no file.</param>
    /// <param name="name">The file's name without extension.</param>
    public RoleLog(string? folder, string name) =>
        _file = folder is null ? null : new StreamWriter(Path.Combine(folder, name + ".log")) { AutoFlush = true };

    public void Write(string line)
    {
        lock (_lock)
        {
            if (!_disposed)
                _file?.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _file?.Dispose();
        }
    }
}
