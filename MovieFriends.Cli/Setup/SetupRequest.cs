namespace MovieFriends.Cli.Setup;

/// <summary>What the verb at hand needs the machine for.</summary>
/// <param name="Servers">Where the servers are to run.</param>
/// <param name="Again">Look at everything again, whatever was found earlier.</param>
internal sealed record SetupRequest(ServerMode Servers, bool Again = false);
