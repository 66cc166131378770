namespace Neo4j.Driver;

/// <summary>What the database has to say about a query.</summary>
public interface INotification
{
    string Code { get; }

    string Title { get; }

    string Description { get; }

    /// <summary>Null if the notification is about the query as a whole.</summary>
    IInputPosition Position { get; }

    string RawSeverityLevel { get; }

    string RawCategory { get; }

    NotificationSeverity SeverityLevel { get; }

    NotificationCategory Category { get; }
}
