namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of the resource.</summary>
public sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    string? displayDescription,
    object? parameter,
    string? confirmationMessage,
    string? iconName,
    IconVariant? iconVariant,
    bool isHighlighted) : IResourceAnnotation
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The name shown.</summary>
    public string DisplayName { get; } = displayName;

    /// <summary>Whether it can be given.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    /// <summary>What it does.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    /// <summary>What is said about it.</summary>
    public string? DisplayDescription { get; } = displayDescription;

    internal object? Parameter { get; } = parameter;

    /// <summary>What is asked before it is given.</summary>
    public string? ConfirmationMessage { get; } = confirmationMessage;

    /// <summary>Its icon.</summary>
    public string? IconName { get; } = iconName;

    /// <summary>How the icon is drawn.</summary>
    public IconVariant? IconVariant { get; } = iconVariant;

    /// <summary>Whether it stands first.</summary>
    public bool IsHighlighted { get; } = isHighlighted;

    /// <summary>Who is offered it.</summary>
    public ResourceCommandVisibility Visibility { get; internal init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}
