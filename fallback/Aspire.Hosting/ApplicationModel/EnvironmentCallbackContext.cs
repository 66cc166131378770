using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The variables of a resource while they are collected.</summary>
public class EnvironmentCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Collects the variables of no resource in particular.</summary>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
    {
        ExecutionContext = executionContext;
        EnvironmentVariables = environmentVariables ?? [];
        CancellationToken = cancellationToken;
    }

    /// <summary>Collects the variables of a resource.</summary>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
        : this(executionContext, environmentVariables, cancellationToken) => _resource = resource;

    /// <summary>Name to value; a value is a text or an <see cref="IValueProvider"/>.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; }

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Whose variables they are.</summary>
    /// <exception cref="InvalidOperationException">The context was made without a resource.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException("This context was made without a resource.");
}
