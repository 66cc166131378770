using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using MovieFriends.Cli.Cleaning;

namespace MovieFriends.AppHost.Servers;

/// <summary>
/// Tells programs that are started by hand how to reach the servers of the running AppHost: the environment variables that a service
/// gets. The file is there while the AppHost runs, and only its owner may read it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="dataPath">Where the AppHost's local servers keep their data: tells runs of one checkout from each other.</param>
internal sealed class ConnectionsFile(string path, string dataPath) : IHostedService, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private bool written;

    public void Write(IReadOnlyDictionary<string, string> environment)
    {
        using var self = Process.GetCurrentProcess();
        var content = new Content(self.Id, self.StartTime.ToUniversalTime(), ProcessAge.Ticks(self.Id), dataPath, environment);
        PrivateFile.Write(path, JsonSerializer.Serialize(content, Json) + "\n");
        written = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Deletes the file, unless another AppHost has written its own meanwhile.</summary>
    public void Dispose()
    {
        if (!written)
        {
            return;
        }

        written = false;
        try
        {
            if (JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Json)?.AppHostPid == Environment.ProcessId)
            {
                File.Delete(path);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or JsonException)
        {
            // Somebody else has deleted or replaced it: nothing of ours is left to delete.
        }
    }

    private sealed record Content(int AppHostPid, DateTime StartTime, long? StartTicks, string DataPath, IReadOnlyDictionary<string, string> Environment);
}
