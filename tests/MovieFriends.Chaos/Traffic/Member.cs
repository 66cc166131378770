using MovieFriends.Chaos.Processes;

namespace MovieFriends.Chaos.Traffic;

/// <summary>A place in the fleet, such as the second consumer, and the process that fills it now.</summary>
internal sealed class Member(string service, string name, IReadOnlyDictionary<string, string> environment)
{
    public string Service => service;

    public string Name => name;

    public IReadOnlyDictionary<string, string> Environment => environment;

    public ServiceProcess Process { get; set; } = null!;

    /// <summary>How many processes have filled the place.</summary>
    public int Starts { get; set; }

    /// <summary>Held while a fault is under way here.</summary>
    public SemaphoreSlim Busy { get; } = new(1, 1);

    /// <summary>It has left and does not come back.</summary>
    public bool HasLeft { get; set; }

    public override string ToString() => $"{name} (process {Process.Id})";
}
