namespace Neo4j.Driver;

/// <summary>How serious a notification is.</summary>
public enum NotificationSeverity
{
    Unknown,
    Warning,
    Information,
}
