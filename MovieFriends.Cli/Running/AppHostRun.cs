namespace MovieFriends.Cli.Running;

/// <summary>Builds and runs the AppHost until it ends or this command is told to stop.</summary>
internal sealed class AppHostRun(Checkout checkout, Display display)
{
    private const string EnvironmentName = "DOTNET_ENVIRONMENT";

    /// <returns>The AppHost's exit code.</returns>
    public async Task<int> RunAsync(AppHostArguments arguments, CancellationToken cancellationToken)
    {
        await new Build(checkout, display).RunAsync(Checkout.AppHost, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var environment = new Dictionary<string, string>();
        // As the launch profile of 'dotnet run' has it: with user secrets, where Aspire keeps generated passwords.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EnvironmentName)))
            environment[EnvironmentName] = "Development";
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Checkout.AppHost), .. arguments.ToArray()])
        {
            Environment = environment,
            // It reads what is beside it, not what is where the user stands.
            WorkingDirectory = checkout.At(Checkout.AppHost),
        }

            .RunAsync(cancellationToken);
    }
}
