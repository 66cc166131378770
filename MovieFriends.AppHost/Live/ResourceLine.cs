using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieFriends.AppHost.Live;

/// <summary>What is to be said of one resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state, with the exit code of one that has ended.</param>
/// <param name="Health">Whether it is healthy, or why not; empty where nobody asks.</param>
/// <param name="Address">Where it listens; empty if nowhere.</param>
/// <param name="Tone">How it is to be taken.</param>
internal sealed record ResourceLine(string Name, string State, string Health, string Address, Tone Tone)
{
    /// <summary>Reads what the host knows.</summary>
    /// <param name="name">The resource's name, or that of one of its replicas.</param>
    /// <param name="snapshot">What the host knows of it.</param>
    /// <param name="problem">What the service itself says is wrong, if it was asked and something is.</param>
    public static ResourceLine Create(string name, CustomResourceSnapshot snapshot, string? problem)
    {
        var text = snapshot.State?.Text ?? "";
        var ended = KnownResourceStates.TerminalStates.Contains(text);
        var state = ended && snapshot.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"{text} ({code})") : text;
        var health = snapshot.HealthStatus switch
        {
            null => "",
            HealthStatus.Healthy when problem is null => nameof(HealthStatus.Healthy),
            HealthStatus.Healthy => problem!,
            var unhealthy => problem ?? snapshot.HealthReports.FirstOrDefault(report => report.Status != HealthStatus.Healthy)?.Description ?? unhealthy.Value.ToString(),
        };
        var tone = ended ? snapshot.ExitCode is 0 or null && text != KnownResourceStates.FailedToStart ? Tone.Quiet : Tone.Bad
            : text == KnownResourceStates.NotStarted ? Tone.Quiet
            : text != KnownResourceStates.Running ? Tone.Waiting
            : health == nameof(HealthStatus.Healthy) ? Tone.Good : Tone.Bad;
        return new(name, state, health, snapshot.Urls.FirstOrDefault(url => !url.IsInternal)?.Url ?? "", tone);
    }
}
