namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an executable resource starts.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>The program: a path, or a name looked up in <c>PATH</c>.</summary>
    public required string Command { get; set; }

    /// <summary>The folder it starts in.</summary>
    public required string WorkingDirectory { get; set; }
}
