namespace Neo4j.Driver;

/// <summary>What a notification is about.</summary>
public enum NotificationCategory
{
    Unknown,
    Hint,
    Unrecognized,
    Unsupported,
    Performance,
    Deprecation,
    Security,
    Topology,
    Schema,
    Generic,
}
