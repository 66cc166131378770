using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Compose;

/// <summary>What values of the application's model are within a Compose file, and the variables that stand in them for parameters.</summary>
internal sealed class ComposeVariables
{
    /// <summary>Where a service listens whose endpoint names no port: as its image has it.</summary>
    private const int ImagePort = 8080;

    private readonly SortedDictionary<string, ParameterResource> _parameters = new(StringComparer.Ordinal);

    /// <summary>The parameters that were used, by the names of their variables.</summary>
    public IReadOnlyDictionary<string, ParameterResource> Parameters => _parameters;

    /// <exception cref="NotSupportedException">The model has a kind of value that no service here has had.</exception>
    public string Text(object? value) => value switch
    {
        null => "",
        string text => Escape(text),
        ParameterResource parameter => Variable(parameter),
        ReferenceExpression expression => string.Format(CultureInfo.InvariantCulture, Escape(expression.Format), [.. expression.ValueProviders.Select(Text)]),
        ConnectionStringReference reference => Text(reference.Resource),
        IResourceWithConnectionString resource => Text(resource.ConnectionStringExpression),
        EndpointReferenceExpression property => Property(property.Endpoint, property.Property),
        EndpointReference endpoint => Property(endpoint, EndpointProperty.Url),
        IFormattable number => Escape(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"A Compose file cannot have a {value.GetType().Name}."),
    };

    public static int TargetPort(EndpointAnnotation endpoint) => endpoint.TargetPort ?? ImagePort;

    private string Variable(ParameterResource parameter)
    {
        var name = parameter.Name.ToUpperInvariant().Replace('-', '_');
        _parameters[name] = parameter;

        // Compose ends with a line that names the variable if there is no value.
        return $"${{{name}:?}}";
    }

    // Within the network that Compose makes, a service is reached by its name, at the port where it listens.
    private static string Property(EndpointReference endpoint, EndpointProperty property)
    {
        var (host, port, scheme) = (endpoint.Resource.Name, TargetPort(endpoint.EndpointAnnotation), endpoint.EndpointAnnotation.UriScheme);
        return property switch
        {
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"),
            EndpointProperty.Scheme => scheme,
            EndpointProperty.Url => string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}"),
            _ => throw new NotSupportedException($"A Compose file cannot have the {property} of an endpoint."),
        };
    }

    private static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
