namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is shown.</summary>
public class CommandOptions
{
    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>Who is offered it; everybody unless said.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    /// <summary>What is asked before it is given.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; set; }

    /// <summary>How the icon is drawn.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it stands first.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Whether it can be given in a certain state; always, unless said.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}
