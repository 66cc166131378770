using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>One process of a resource, now, before or later.</summary>
internal sealed class ResourceInstance(IResource resource, string id, int replica)
{
    public IResource Resource { get; } = resource;

    public string Id { get; } = id;

    public int Replica { get; } = replica;

    /// <summary>The part of the id that differs between instances.</summary>
    public string Suffix => Id[(Resource.Name.Length + 1)..];

    public IReadOnlyDictionary<string, int>? Ports { get; set; }

    public ChildProcess? Process { get; set; }

    /// <summary>The start in progress, or the life of the process.</summary>
    public Task Life { get; set; } = Task.CompletedTask;

    public CancellationTokenSource? GivesUp { get; set; }

    /// <summary>Set when it is to start without waiting any longer; shared by those that wait together.</summary>
    public TaskCompletionSource? SkipsWait { get; set; }

    public bool IsStopping { get; set; }

    /// <summary>Whether the process has ended; what follows from that may still be under way.</summary>
    public bool HasEnded { get; set; }
}
