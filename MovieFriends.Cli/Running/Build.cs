namespace MovieFriends.Cli.Running;

/// <summary>Builds projects of this checkout, in Release.</summary>
internal sealed class Build(Checkout checkout, Display display)
{
    /// <exception cref="CommandException">The build failed; carries the compiler's own lines.</exception>
    public async Task RunAsync(string project, CancellationToken cancellationToken)
    {
        using var _ = display.Step($"Building {(project.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(project) : project)}");
        var result = await new ChildProgram(
            ExecutablePath.DotNet, "build", checkout.At(project), "-c", "Release", "-v", "q", "--nologo", "-p:UseSharedCompilation=false")
            .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (result.ExitCode != 0)
            throw new CommandException($"{project} does not build:{Environment.NewLine}{result.Output.Trim()}");
    }
}
