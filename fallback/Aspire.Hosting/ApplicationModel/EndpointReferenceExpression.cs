using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference;

    /// <summary>Which part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc/>
    public string ValueExpression => Property switch
    {
        EndpointProperty.IPV4Host => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.host}}",
        EndpointProperty.HostAndPort => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.host}}:{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.port}}",
        EndpointProperty.TlsEnabled => Endpoint.TlsEnabled ? bool.TrueString : bool.FalseString,
        _ => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{char.ToLowerInvariant(Property.ToString()[0])}{Property.ToString()[1..]}}}",
    };

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <inheritdoc/>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        switch (Property)
        {
            case EndpointProperty.Scheme:
                return Endpoint.Scheme;
            case EndpointProperty.TlsEnabled:
                return Endpoint.TlsEnabled ? bool.TrueString : bool.FalseString;
            case EndpointProperty.IPV4Host:
                return "127.0.0.1";
        }
        var allocated = await Endpoint.EndpointAnnotation.AllocatedEndpointSnapshot.GetValueAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => allocated.TargetPortExpression ?? allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => allocated.EndPointString,
            _ => throw new InvalidOperationException($"An endpoint has no property '{Property}'."),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        // A replica listens on its own port, which its own variables must name.
        Property is EndpointProperty.Port or EndpointProperty.TargetPort or EndpointProperty.Url or EndpointProperty.HostAndPort
            && context is ReplicaValueContext replica && ReferenceEquals(replica.Caller, Endpoint.Resource)
            && replica.Ports.TryGetValue(Endpoint.EndpointName, out var port)
            ? await new EndpointReferenceExpression(OwnEndpoint(port), Property).GetValueAsync(cancellationToken)
            : await GetValueAsync(cancellationToken);

    private EndpointReference OwnEndpoint(int port)
    {
        var shared = Endpoint.EndpointAnnotation;
        var own = new EndpointAnnotation(shared.Protocol, shared.UriScheme, shared.Transport, shared.Name);
        own.AllocatedEndpoint = new AllocatedEndpoint(own, shared.TargetHost, port);
        return new EndpointReference(Endpoint.Resource, own);
    }
}
