using System.Text.Json;
using System.Text.Json.Serialization;
using MovieFriends.Cli.Cleaning;

namespace MovieFriends.Cli.Running;

/// <summary>Runs a service that does its work once against the servers of the AppHost that is running.</summary>
internal sealed partial class OneShotRun(Checkout checkout, Display display)
{
    private const string NothingRuns = "Nothing is running: start it with 'dotnet moviefriends.cs up', or keep a demo with 'demo --keep-running'.";

    /// <param name="project">The service.</param>
    /// <param name="settings">Its settings, each as <c>--Section:Key=value</c>.</param>
    /// <param name="cancellationToken">Stops the service.</param>
    /// <returns>The service's exit code.</returns>
    /// <exception cref="CommandException">Nothing is running, or the service does not build.</exception>
    public async Task<int> RunAsync(string project, AppHostArguments settings, CancellationToken cancellationToken)
    {
        var connections = Connections() ?? throw new CommandException(NothingRuns, CommandException.Refused);
        await new Build(checkout, display).RunAsync(project, cancellationToken);
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(project), .. settings.ToArray()]) { Environment = connections.Environment }
            .RunAsync(cancellationToken);
    }

    private ConnectionsFile? Connections()
    {
        var path = Path.Combine(checkout.Run, "connections.json");
        try
        {
            var connections = JsonSerializer.Deserialize(File.ReadAllText(path), ConnectionsJson.Default.ConnectionsFile);
            return connections is not null && new RecordedProcess(Checkout.AppHost, connections.AppHostPid, connections.StartTime).IsAlive ? connections : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private sealed record ConnectionsFile(int AppHostPid, DateTimeOffset StartTime, IReadOnlyDictionary<string, string> Environment);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ConnectionsFile))]
    private sealed partial class ConnectionsJson : JsonSerializerContext;
}
