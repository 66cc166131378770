using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The arguments of a resource while they are collected.</summary>
public sealed class CommandLineArgsCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Collects the arguments of no resource in particular.</summary>
    public CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        Args = args;
        CancellationToken = cancellationToken;
    }

    /// <summary>Collects the arguments of a resource.</summary>
    public CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
        : this(args, cancellationToken) => _resource = resource;

    /// <summary>The arguments; each is a text or an <see cref="IValueProvider"/>.</summary>
    public IList<object> Args { get; }

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Whose arguments they are.</summary>
    /// <exception cref="InvalidOperationException">The context was made without a resource.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException("This context was made without a resource.");
}
