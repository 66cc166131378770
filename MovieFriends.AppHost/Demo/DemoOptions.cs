namespace MovieFriends.AppHost.Demo;

/// <summary>Configuration section <c>Demo</c>.</summary>
internal sealed record DemoOptions
{
    public const string Section = "Demo";

    /// <summary>File that the figures are written to; none if null.</summary>
    public string? Json { get; init; }

    /// <summary>Leave servers and dashboard running when the job is done.</summary>
    public bool KeepRunning { get; init; }

    /// <summary>When the user typed the command; set-up is counted from here, or from the start of this process if null.</summary>
    public DateTimeOffset? Since { get; init; }
}
