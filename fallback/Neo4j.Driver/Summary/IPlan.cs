namespace Neo4j.Driver;

/// <summary>An operator of an execution plan, and those that feed it.</summary>
public interface IPlan
{
    string OperatorType { get; }

    IDictionary<string, object> Arguments { get; }

    IList<string> Identifiers { get; }

    IList<IPlan> Children { get; }
}
