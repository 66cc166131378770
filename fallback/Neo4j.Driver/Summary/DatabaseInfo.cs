namespace Neo4j.Driver.Summary;

internal sealed record DatabaseInfo(string Name) : IDatabaseInfo;
