using MovieFriends.Machine;

namespace MovieFriends.ContainerTests;

/// <summary>A folder and names of volumes that no other run has; both go at the end, with what is in them.</summary>
internal sealed class TemporaryRun : IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("moviefriends-").FullName;

    public string Volumes { get; } = $"moviefriends-test-{Guid.NewGuid():N}"[..28];

    public string KafkaVolume => ContainerVolumes.Name(Volumes, "kafka");

    public string GraphVolume => ContainerVolumes.Name(Volumes, "graph");

    public async ValueTask DisposeAsync()
    {
        await Engine.DeleteAsync(KafkaVolume, GraphVolume);
        // Its folder is there only where some AppHost has ever kept a password.
        if (File.Exists(ContainerVolumes.PasswordFile(GraphVolume)))
            File.Delete(ContainerVolumes.PasswordFile(GraphVolume));
        Directory.Delete(Folder, recursive: true);
    }
}
