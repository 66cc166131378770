namespace Aspire.Hosting;

internal static class Neo4jContainerImageTags
{
    public const string Registry = "docker.io";
    public const string Image = "library/neo4j";

    /// <summary>The long-term support line; Community edition.</summary>
    public const string Tag = "5.26-community";
}
