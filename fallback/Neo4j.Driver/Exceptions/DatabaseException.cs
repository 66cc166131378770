namespace Neo4j.Driver;

/// <summary>The database failed while it served the request, or sent a status code of no other class.</summary>
public class DatabaseException : Neo4jException
{
    public DatabaseException()
    {
    }

    public DatabaseException(string message) : base(string.Empty, message)
    {
    }

    public DatabaseException(string code, string message) : base(code, message)
    {
    }

    public DatabaseException(string code, string message, Exception innerException)
        : base(code, message, innerException)
    {
    }
}
