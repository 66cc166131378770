using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Everything known about one resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind of resource, such as <c>Project</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Facts.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was first seen, in UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When its process started, in UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When its process ended, in UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Its state.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code of its process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its health; null while it does not run.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running ? null
        : HealthReports.IsEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : HealthReports.Min(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    /// <summary>What its health checks said.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The variables its process got.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What is mounted into it.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>How it relates to others.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Its commands.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Whether it is not shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; init; }

    /// <summary>How the icon is drawn.</summary>
    public IconVariant? IconVariant { get; init; }

    /// <summary>The handlers of <see cref="ResourceReadyEvent"/>, once they were called.</summary>
    internal Task? ResourceReadyTask { get; init; }
}
