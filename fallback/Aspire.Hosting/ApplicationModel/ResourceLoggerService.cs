using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the log of every resource: what its processes print and what the host has to say.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A logger that writes to the log of a resource.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    /// <summary>A logger that writes to the log of a resource.</summary>
    public ILogger GetLogger(string resourceName) => LogOf(resourceName);

    /// <summary>The lines so far and those to come, until the log is complete.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <summary>The lines so far and those to come, until the log is complete.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => LogOf(resourceName).WatchAsync(follow: true, InstanceOf(resourceName));

    /// <summary>The lines so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(resource.Name);

    /// <summary>The lines so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => LogOf(resourceName).WatchAsync(follow: false, InstanceOf(resourceName));

    /// <summary>Says that no more lines will come.</summary>
    public void Complete(IResource resource) => Complete(resource.Name);

    /// <summary>Says that no more lines will come.</summary>
    public void Complete(string name) => LogOf(name).Complete();

    /// <summary>Forgets the lines so far.</summary>
    public void ClearBacklog(string resourceName) => LogOf(resourceName).Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Complete();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets an instance write to the log of its resource.</summary>
    internal void AddInstance(string id, string resourceName) => _names[id] = resourceName;

    /// <summary>The lines of an instance for a reader that may be slow, and then misses some.</summary>
    internal IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(string id, bool follow) => LogOf(id).WatchAsync(follow, InstanceOf(id), bounded: true);

    internal ResourceLog LogOf(string idOrName) => _logs.GetOrAdd(_names.GetValueOrDefault(idOrName, idOrName), _ => new ResourceLog());

    private string? InstanceOf(string idOrName) => _names.ContainsKey(idOrName) ? idOrName : null;
}
