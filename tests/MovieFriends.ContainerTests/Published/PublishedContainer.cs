namespace MovieFriends.ContainerTests.Published;

/// <summary>What a manifest or a Compose file says of one container, with every expression resolved.</summary>
internal sealed record PublishedContainer(string Name, string Image, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>As the engine takes them: <c>/path</c>, or <c>name:/path</c>.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>What it waits for, and whether for its health or its end.</summary>
    public IReadOnlyDictionary<string, string> DependsOn { get; init; } = new Dictionary<string, string>();

    public string? HealthCommand { get; init; }

    public string Restart { get; init; } = "no";

    /// <summary>Starts only if it is named.</summary>
    public bool ByHand { get; init; }
}
