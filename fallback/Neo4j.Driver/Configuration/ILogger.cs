namespace Neo4j.Driver;

/// <summary>Where the driver writes its log. Messages are composite format strings.</summary>
public interface ILogger
{
    void Error(Exception cause, string message, params object[] args);

    void Warn(Exception cause, string message, params object[] args);

    void Info(string message, params object[] args);

    void Debug(string message, params object[] args);

    void Trace(string message, params object[] args);

    bool IsTraceEnabled();

    bool IsDebugEnabled();
}
