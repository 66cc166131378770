using System.Text.Json;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A file that says which processes this AppHost has running, so that the next start can end them
/// if this one is killed without the chance to do so itself.
/// </summary>
internal sealed class RunRecord
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, RunRecord> s_open = [];
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly string _file;
    private readonly List<RecordedProcess> _processes = [];

    private RunRecord(string file) => _file = file;

    /// <summary>The record of this process in a folder: one, however many applications it runs.</summary>
    public static RunRecord Open(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), $"{Environment.ProcessId}.json");
        lock (s_lock)
        {
            if (!s_open.TryGetValue(file, out var record))
                s_open[file] = record = new RunRecord(file);
            return record;
        }
    }

    public static RunRecordContent? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecordContent>(File.ReadAllText(file), s_json);
        }
        catch (Exception ex) when (ex is JsonException or IOException)
        {
            // Half written, or just deleted by another AppHost.
            return null;
        }
    }

    public void Add(string resource, int pid, DateTime startTime)
    {
        lock (s_lock)
        {
            _processes.Add(new RecordedProcess(resource, pid, startTime));
            Write();
        }
    }

    public void Remove(int pid)
    {
        lock (s_lock)
        {
            _processes.RemoveAll(p => p.Pid == pid);
            Write();
        }
    }

    private void Write()
    {
        if (_processes.Count == 0)
        {
            File.Delete(_file);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        // Replaced as a whole: a reader never sees half of it.
        var draft = _file + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new RunRecordContent(ProcessIdentity.Current, _processes), s_json));
        File.Move(draft, _file, overwrite: true);
    }
}
