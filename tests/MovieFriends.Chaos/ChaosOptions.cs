using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Chaos;

/// <summary>Configuration section <c>Chaos</c>.</summary>
internal sealed record ChaosOptions
{
    public const string Section = "Chaos";

    /// <summary>For how long faults begin, in minutes; start, catching up and judging come on top.</summary>
    [Range(0.1, 24 * 60)]
    public double Minutes { get; init; } = 2;

    /// <summary>Which faults, and which charges.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Consumers at the start.</summary>
    [Range(1, 32)]
    public int Consumers { get; init; } = 3;

    /// <summary>Messages per second of the first producer; the second, a day ahead, sends a quarter of that.</summary>
    [Range(1, 100_000)]
    public double Rate { get; init; } = 1_000;

    /// <summary>Users in the graph.</summary>
    [Range(1, 10_000_000)]
    public int Users { get; init; } = 20_000;

    /// <summary>Where the figures are written as JSON; nowhere by default.</summary>
    public string? Json { get; init; }

    /// <summary>Where a report is written as Markdown, with a picture beside it; nowhere by default.</summary>
    public string? Report { get; init; }

    /// <summary>A folder for the logs of all services; none by default. What is in it is deleted.</summary>
    public string? Logs { get; init; }

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);
}
