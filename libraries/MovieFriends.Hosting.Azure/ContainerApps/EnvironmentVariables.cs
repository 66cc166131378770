using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ContainerApps;

/// <summary>The environment variables of a resource, and which of them are secrets: those that azd takes for secrets, too.</summary>
internal sealed record EnvironmentVariables(string Plain, string Secret)
{
    private const string ConnectionStrings = "ConnectionStrings__";

    public static EnvironmentVariables Of(Dictionary<string, object> variables)
    {
        var secrets = variables.ToLookup(variable => IsSecret(variable.Key, variable.Value), variable => KeyValuePair.Create(variable.Key, ManifestJson.Text(variable.Value)));
        return new(ManifestJson.Object(secrets[false]), ManifestJson.Object(secrets[true]));
    }

    public static async Task<Dictionary<string, object>> ReadAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        var callback = new EnvironmentCallbackContext(execution, resource, variables, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(callback);
        return variables;
    }

    public static bool IsSecret(object? value) => value switch
    {
        ParameterResource parameter => parameter.Secret,
        ConnectionStringReference or IResourceWithConnectionString => true,
        ReferenceExpression expression => expression.ValueProviders.Any(IsSecret),
        _ => false,
    };

    private static bool IsSecret(string name, object value) => name.Contains(ConnectionStrings, StringComparison.Ordinal) || IsSecret(value);
}
