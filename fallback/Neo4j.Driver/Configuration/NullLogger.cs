namespace Neo4j.Driver;

/// <summary>Writes nothing.</summary>
internal sealed class NullLogger : ILogger
{
    public static readonly NullLogger Instance = new();

    public void Error(Exception cause, string message, params object[] args)
    {
    }

    public void Warn(Exception cause, string message, params object[] args)
    {
    }

    public void Info(string message, params object[] args)
    {
    }

    public void Debug(string message, params object[] args)
    {
    }

    public void Trace(string message, params object[] args)
    {
    }

    public bool IsTraceEnabled() => false;

    public bool IsDebugEnabled() => false;
}
