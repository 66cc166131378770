namespace MovieFriends.Hosting.LocalServers.Neo4j;

internal static class Neo4jHomeExtensions
{
    extension(Neo4jHome home)
    {
        /// <summary>What its version is called and can do.</summary>
        public Neo4jCapabilities Capabilities => new(home.Numbers);
    }
}
