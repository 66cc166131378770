namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who is offered a command. It says nothing about who may give it.</summary>
[Flags]
public enum ResourceCommandVisibility
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>People, in the dashboard.</summary>
    UI = 1,

    /// <summary>Programs.</summary>
    Api = 2,
}
