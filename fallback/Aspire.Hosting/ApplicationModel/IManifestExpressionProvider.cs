namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the manifest refers to by an expression such as <c>{kafka.bindings.tcp.port}</c>.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression.</summary>
    string ValueExpression { get; }
}
