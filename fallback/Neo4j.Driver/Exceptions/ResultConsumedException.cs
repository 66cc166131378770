namespace Neo4j.Driver;

/// <summary>Records were asked for after the result had been consumed.</summary>
public class ResultConsumedException : ClientException
{
    public ResultConsumedException(string message) : base(message)
    {
    }
}
