namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>The whole address.</summary>
    Url,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host,

    /// <summary>The port.</summary>
    Port,

    /// <summary>The scheme.</summary>
    Scheme,

    /// <summary>The port the process itself listens on.</summary>
    TargetPort,

    /// <summary>Host and port.</summary>
    HostAndPort,

    /// <summary><c>True</c> if the endpoint speaks TLS.</summary>
    TlsEnabled,
}
