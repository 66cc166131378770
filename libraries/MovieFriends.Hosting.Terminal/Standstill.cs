using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Knows of each resource how long it has been on its way to where others wait for it to be, and what it said last.</summary>
/// <param name="time">The clock.</param>
/// <param name="countsSilence">Whether a service that runs, and says nothing, stands still, too.</param>
internal sealed class Standstill(TimeProvider time, bool countsSilence)
{
    /// <summary>So long may it take before it is worth a line.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(15);

    /// <summary>From one line to the next.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Takes what the host knows of a resource.</summary>
    /// <param name="resource">Its name.</param>
    /// <param name="snapshot">Its state.</param>
    /// <param name="isService">One of the application's own services, which say how far they are; a server has no need to say anything.</param>
    public void Observe(string resource, CustomResourceSnapshot snapshot, bool isService)
    {
        var (description, kind) = Describe(snapshot);
        lock (_lock)
        {
            var entry = EntryOf(resource);
            if (entry.Description == description)
                return;

            entry.Description = description;
            entry.IsService = isService;
            entry.Kind = kind;
            entry.Restart(time.GetTimestamp());
        }
    }

    /// <summary>Takes a line that a resource wrote.</summary>
    public void Hear(string resource, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;

        lock (_lock)
        {
            var entry = EntryOf(resource);
            entry.LastLine = line.Trim();
            if (entry.Kind == Kind.There)
                entry.Restart(time.GetTimestamp());
        }
    }

    /// <summary>What is to be said now, a line for each resource that stands still; it counts as said.</summary>
    public IReadOnlyList<string> Due()
    {
        var now = time.GetTimestamp();
        var lines = new List<string>();
        lock (_lock)
        {
            foreach (var (resource, entry) in _entries)
            {
                if (entry.Kind == Kind.Over || (entry.Kind == Kind.There && !(countsSilence && entry.IsService)))
                    continue;
                if (time.GetElapsedTime(entry.Said ?? entry.Since, now) < (entry.Said is null ? FirstAfter : AgainAfter))
                    continue;

                entry.Said = now;
                var seconds = time.GetElapsedTime(entry.Since, now).TotalSeconds;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{resource}: {(entry.Kind == Kind.There ? "no word" : entry.Description)} for {seconds:0} s{LastLine(entry)}"));
            }
        }

        return lines;
    }

    private static string LastLine(Entry entry) => entry.LastLine is { } line ? $"; its last line: {line}" : "; it has written nothing";

    private Entry EntryOf(string resource)
    {
        if (!_entries.TryGetValue(resource, out var entry))
            _entries[resource] = entry = new Entry();
        return entry;
    }

    private static (string Description, Kind Kind) Describe(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        if (string.IsNullOrEmpty(state))
            return ("not started", Kind.OnItsWay);

        // One that waits is not what holds things up: it waits for another.
        if (state == KnownResourceStates.NotStarted || state == KnownResourceStates.Waiting || KnownResourceStates.TerminalStates.Contains(state))
            return (state, Kind.Over);
        if (state != KnownResourceStates.Running)
            return (state, Kind.OnItsWay);
        return snapshot.HealthStatus == HealthStatus.Healthy ? (state, Kind.There) : ("Running, not healthy", Kind.OnItsWay);
    }

    private enum Kind
    {
        OnItsWay,
        There,
        Over,
    }

    private sealed class Entry
    {
        public string Description { get; set; } = "";

        public Kind Kind { get; set; } = Kind.Over;

        public bool IsService { get; set; }

        public long Since { get; private set; }

        public long? Said { get; set; }

        public string? LastLine { get; set; }

        public void Restart(long now) => (Since, Said) = (now, null);
    }
}
