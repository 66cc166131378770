namespace MovieFriends.Cli.Running;

/// <summary>Builds and runs the AppHost until it ends or this command is told to stop.</summary>
internal sealed class AppHostRun(Checkout checkout, Display display)
{
    /// <returns>The AppHost's exit code.</returns>
    public async Task<int> RunAsync(AppHostArguments arguments, CancellationToken cancellationToken)
    {
        await new Build(checkout, display).RunAsync(Checkout.AppHost, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var profile = LaunchProfile.Environment(checkout.At(Checkout.AppHost, "Properties", "launchSettings.json"));
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Checkout.AppHost), .. arguments.ToArray()]) { Environment = profile }
            .RunAsync(cancellationToken);
    }
}
