using System.Collections.Concurrent;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Follows the resources of an application and notes wherever a secret is shown: values, arguments, command lines of processes.</summary>
internal sealed class SecretWatch : IAsyncDisposable
{
    private const string ProcessId = "executable.pid";

    private readonly string[] _secrets;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConcurrentDictionary<string, bool> _processes = new();
    private readonly Task _watching;

    public SecretWatch(DistributedApplication app, params string[] secrets)
    {
        _secrets = secrets;
        _watching = WatchAsync(app);
    }

    /// <summary>Where secrets were seen.</summary>
    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>Which resources' processes were looked at while they ran, and whether their environment has a secret.</summary>
    public IReadOnlyDictionary<string, bool> Processes => _processes;

    public bool IsIn(string? text) => text is not null && Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal));

    public bool IsIn(byte[] bytes) => Array.Exists(_secrets, secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(DistributedApplication app)
    {
        try
        {
            await foreach (var change in app.ResourceNotifications.WatchAsync(_stop.Token))
                Look(change);
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }
    }

    private void Look(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        foreach (var property in snapshot.Properties.Where(property => !property.IsSensitive || property.Name == "executable.args"))
            Note(property.Value is System.Collections.IEnumerable and not string ? string.Join(' ', ((System.Collections.IEnumerable)property.Value).Cast<object>()) : $"{property.Value}", $"property {property.Name}");
        foreach (var url in snapshot.Urls)
            Note(url.Url, "an address");
        Note(snapshot.State?.Text, "the state");

        if (snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value is { } pid)
        {
            Note(Read($"/proc/{pid}/cmdline"), "the command line");
            _processes[change.Resource.Name] = _processes.GetValueOrDefault(change.Resource.Name) || IsIn(Read($"/proc/{pid}/environ"));
        }

        void Note(string? text, string where)
        {
            if (IsIn(text))
                _leaks.Enqueue($"{where} of {change.Resource.Name}: {text}");
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }
}
