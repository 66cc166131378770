namespace Neo4j.Driver.Summary;

internal sealed record Notification : INotification
{
    public string Code { get; private init; }

    public string Title { get; private init; }

    public string Description { get; private init; }

    public IInputPosition Position { get; private init; }

    public string RawSeverityLevel { get; private init; }

    public string RawCategory { get; private init; }

    public NotificationSeverity SeverityLevel => Parse<NotificationSeverity>(RawSeverityLevel);

    public NotificationCategory Category => Parse<NotificationCategory>(RawCategory);

    /// <summary>From the end of a result: "notifications", or from Bolt 5.5 those "statuses" that have a code.</summary>
    /// <returns>Null if there are none.</returns>
    public static IList<INotification> AllOf(IReadOnlyDictionary<string, object> metadata)
    {
        if (metadata.GetValueOrDefault("notifications") is List<object> notifications)
        {
            return [.. notifications.OfType<Dictionary<string, object>>().Select(FromNotification)];
        }

        return metadata.GetValueOrDefault("statuses") is List<object> statuses
            ? [.. statuses.OfType<Dictionary<string, object>>().Where(status => status.ContainsKey("neo4j_code")).Select(FromStatus)]
            : null;
    }

    private static Notification FromNotification(Dictionary<string, object> content) => new()
    {
        Code = Text(content, "code"),
        Title = Text(content, "title"),
        Description = Text(content, "description"),
        Position = InputPosition.Of(content.GetValueOrDefault("position")),
        RawSeverityLevel = Text(content, "severity"),
        RawCategory = content.GetValueOrDefault("category") as string,
    };

    private static Notification FromStatus(Dictionary<string, object> content)
    {
        var diagnostics = content.GetValueOrDefault("diagnostic_record") as Dictionary<string, object> ?? [];
        return new Notification
        {
            Code = Text(content, "neo4j_code"),
            Title = Text(content, "title"),
            Description = Text(content, "description"),
            Position = InputPosition.Of(diagnostics.GetValueOrDefault("_position")),
            RawSeverityLevel = Text(diagnostics, "_severity"),
            RawCategory = diagnostics.GetValueOrDefault("_classification") as string,
        };
    }

    private static string Text(Dictionary<string, object> content, string key) => content.GetValueOrDefault(key) as string ?? "";

    private static T Parse<T>(string name) where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
}
