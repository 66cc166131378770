using System.ComponentModel.DataAnnotations;
using MovieFriends.Bench.Measures;

namespace MovieFriends.Bench;

/// <summary>Configuration section <c>Bench</c>.</summary>
internal sealed record BenchOptions : IValidatableObject
{
    public const string Section = "Bench";

    /// <summary>The measure to make; all of them, one after the other, if not set.</summary>
    public string? Measure { get; init; }

    /// <summary>Rounds that count.</summary>
    [Range(1, 100)]
    public int Rounds { get; init; } = 3;

    /// <summary>Whether each candidate has a round before those that count.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Messages that wait in the topic, each a charge of another user.</summary>
    [Range(1, 100_000_000)]
    public long Messages { get; init; } = 1_000_000;

    /// <summary>Users in the graph; as many as messages if not set.</summary>
    [Range(1, 100_000_000)]
    public long? Users { get; init; }

    /// <summary>The most charges in one transaction; if not set, the consumer's own default, and with the measure <c>batches</c> several sizes.</summary>
    [Range(1, 50_000)]
    public int? BatchSize { get; init; }

    /// <summary>How long messages that count are sent for at each rate of the measure <c>latency</c>.</summary>
    [Range(1, 3_600)]
    public int Seconds { get; init; } = 20;

    /// <summary>How many times as large the largest backlog of the measure <c>memory</c> and the largest graph of <c>growth</c> are.</summary>
    [Range(2, 100)]
    public int Factor { get; init; } = 10;

    /// <summary>How long the consumer of the measure <c>memory</c> works on a backlog at the most.</summary>
    [Range(1, 86_400)]
    public int BacklogSeconds { get; init; } = 120;

    /// <summary>Where the figures are written as JSON; nowhere by default.</summary>
    public string? Json { get; init; }

    /// <summary>A folder for the report in Markdown; none by default.</summary>
    public string? Reports { get; init; }

    /// <summary>The number of the first round; 0 does not count.</summary>
    public int FirstRound => WarmUp ? 0 : 1;

    public long GraphUsers => Users ?? Messages;

    /// <summary>What is to be measured.</summary>
    public IEnumerable<IMeasure> Measures => MeasureCatalog.All.Where(measure => Measure is null || measure.Name == Measure);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Users < Messages)
            yield return new ValidationResult($"there must be at least as many users as messages ({Messages}): a user's second charge of a day is no new charge.", [nameof(Users)]);
        if (!Measures.Any())
            yield return new ValidationResult($"is no measure; there are {string.Join(", ", MeasureCatalog.All.Select(measure => measure.Name))}.", [nameof(Measure)]);
    }
}
