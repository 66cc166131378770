namespace MovieFriends.Cli.Running;

/// <summary>Runs a service that does its work once against the servers of the AppHost that is running.</summary>
internal sealed class OneShotRun(Checkout checkout, Display display)
{
    /// <param name="project">The service.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Stops the service.</param>
    /// <returns>The service's exit code.</returns>
    /// <exception cref="CommandException">Nothing is running, or the service does not build.</exception>
    public async Task<int> RunAsync(string project, AppHostArguments settings, CancellationToken cancellationToken)
    {
        var appHost = RunningAppHost.Find(checkout, settings.Get(AppHostSettings.DataPath));
        await new Build(checkout, display).RunAsync(project, cancellationToken);
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(project), .. settings.ToArray()])
        {
            Environment = appHost.Environment,
            // A service reads what is beside it, not what is where the user stands.
            WorkingDirectory = checkout.At(project),
        }

            .RunAsync(cancellationToken);
    }
}
