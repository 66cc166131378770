using System.ComponentModel.DataAnnotations;

namespace MovieFriends.AppHost.Rentals;

/// <summary>Configuration section <c>Rentals</c>: the second stream, whose topic is <c>Topics:Rentals</c>.</summary>
internal sealed record RentalOptions
{
    public const string Section = "Rentals";

    /// <summary>How many rentals a demo has; by default none, and then a demo does without the stream.</summary>
    [Range(0, 1_000_000_000_000)]
    public long Messages { get; init; }

    /// <summary>Rentals per second where the stream has no end; 0 is to do without it. By default 10, and 0 with servers of somebody else.</summary>
    [Range(0, 1_000_000)]
    public double? Rate { get; init; }

    /// <summary><c>Generator</c>, or the path of a file with the JSON of a rental in each line.</summary>
    [Required]
    public string Source { get; init; } = "Generator";
}
