using System.Text.Json;
using System.Text.Json.Serialization;
using MovieFriends.Cli.Cleaning;

namespace MovieFriends.Cli.Running;

/// <summary>Runs the verifier against the servers of the AppHost that is running.</summary>
internal sealed partial class VerifierRun(Checkout checkout, Display display)
{
    private const string NothingRuns = "Nothing is running: start it with 'dotnet moviefriends.cs up', or keep a demo with 'demo --keep-running'.";

    /// <returns>The verifier's exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var connections = Connections() ?? throw new CommandException(NothingRuns, CommandException.Refused);
        await new Build(checkout, display).RunAsync(Checkout.Verifier, cancellationToken);
        return await new ChildProgram(ExecutablePath.DotNet, "exec", checkout.Program(Checkout.Verifier)) { Environment = connections.Environment }
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
