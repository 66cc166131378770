using System.Security.Cryptography;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>
/// The password of a local database: generated once, kept in a file beside the data that only its owner may read, and set over Bolt.
/// So it stands in no list of processes.
/// </summary>
internal static class Neo4jPassword
{
    /// <summary>The password that every new database has, and that it wants changed before anything else.</summary>
    private const string OfNewDatabase = "neo4j";

    private const int Length = 32;
    private const string Characters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public static string ReadOrCreate(string path) => PrivateFile.ReadOrCreate(path, () => RandomNumberGenerator.GetString(Characters, Length));

    /// <summary>Gives a new database the password; does nothing if it has it already.</summary>
    /// <exception cref="Neo4jException">The database does not answer yet.</exception>
    /// <exception cref="DistributedApplicationException">The database has another password.</exception>
    public static async Task EnsureAsync(GraphEndpoint endpoint, string password, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var driver = SignIn(endpoint, password);
            await driver.VerifyConnectivityAsync().WaitAsync(cancellationToken);
        }
        catch (AuthenticationException)
        {
            try
            {
                await ChangeAsync(endpoint, password, cancellationToken);
            }
            catch (AuthenticationException)
            {
                throw new DistributedApplicationException(
                    $"The database in {Path.GetDirectoryName(path)} refuses the password in {path}. Put the right one there, or delete the folder to start anew.");
            }
        }
    }

    private static async Task ChangeAsync(GraphEndpoint endpoint, string password, CancellationToken cancellationToken)
    {
        await using var driver = SignIn(endpoint, OfNewDatabase);
        await using var session = driver.AsyncSession(config => config.WithDatabase("system"));
        var changed = await session.RunAsync(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
            new Dictionary<string, object> { ["old"] = OfNewDatabase, ["new"] = password }).WaitAsync(cancellationToken);
        await changed.ConsumeAsync().WaitAsync(cancellationToken);
    }

    private static IDriver SignIn(GraphEndpoint endpoint, string password) => endpoint.Connect(
        AuthTokens.Basic(Neo4jServerResource.UserName, password), config => config.WithMaxConnectionPoolSize(1));
}
