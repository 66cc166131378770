using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Compose;

/// <summary>What values of the application's model are within a Compose file, and the variables that stand in them for parameters.</summary>
internal sealed partial class ComposeVariables
{
    /// <summary>Where a service listens whose endpoint names no port: as its image has it.</summary>
    private const int ImagePort = 8080;

    private readonly SortedDictionary<string, ParameterResource> _parameters = new(StringComparer.Ordinal);

    /// <summary>A line for each parameter that was used, with its default if it has one.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var (name, parameter) in _parameters)
            text.Append(CultureInfo.InvariantCulture, $"{name}={Quoted(parameter.Default?.GetDefaultValue() ?? "")}\n");
        return text.ToString();
    }

    /// <exception cref="NotSupportedException">The value is of a kind that has no text in a Compose file.</exception>
    public string Text(object? value) => value switch
    {
        null => "",
        string text => Escape(text),
        ParameterResource parameter => Variable(parameter),
        ReferenceExpression expression when expression.IsConditional || expression.StringFormats.Any(format => format is not null) =>
            throw new NotSupportedException($"A Compose file cannot have '{expression.ValueExpression}' in another form: it puts in variables as they are."),
        ReferenceExpression expression => string.Format(CultureInfo.InvariantCulture, Escape(expression.Format), [.. expression.ValueProviders.Select(Text)]),
        ConnectionStringReference reference => Text(reference.Resource),
        IResourceWithConnectionString resource => Text(resource.ConnectionStringExpression),
        EndpointReferenceExpression property => Property(property.Endpoint, property.Property),
        EndpointReference endpoint => Property(endpoint, EndpointProperty.Url),
        IFormattable number => Escape(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"A Compose file cannot have a value of type {value.GetType().Name}."),
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

    // Between single quotes nothing means anything but the quote.
    private static string Quoted(string value) => Plain().IsMatch(value) ? value : $"'{value.Replace("'", @"\'", StringComparison.Ordinal)}'";

    [GeneratedRegex("^[A-Za-z0-9_.,:/@+-]*$")]
    private static partial Regex Plain();
}
