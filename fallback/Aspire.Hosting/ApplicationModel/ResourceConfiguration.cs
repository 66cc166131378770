using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects the environment and the arguments of a resource and looks their values up.</summary>
internal static class ResourceConfiguration
{
    /// <summary>Is shown each value that was looked up, as the application gave it.</summary>
    public delegate ValueTask ValueVisitor(object? value, CancellationToken cancellationToken);

    public static async Task<Dictionary<string, object>> CollectEnvironmentAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken, ILogger? logger = null)
    {
        var context = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken) { Logger = logger ?? NullLogger.Instance };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(context);
        return context.EnvironmentVariables;
    }

    public static async Task<IList<object>> CollectArgumentsAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken, ILogger? logger = null)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = execution, Logger = logger ?? NullLogger.Instance };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(context);
        return context.Args;
    }

    public static async Task<Dictionary<string, string>> GetEnvironmentAsync(IResource resource, DistributedApplicationExecutionContext execution, ValueProviderContext caller, CancellationToken cancellationToken, ILogger? logger = null, ValueVisitor? visit = null)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in await CollectEnvironmentAsync(resource, execution, cancellationToken, logger))
        {
            if (await ResolveAsync(value, execution, caller, visit, cancellationToken) is { } text)
                values[name] = text;
        }
        return values;
    }

    public static async Task<List<string>> GetArgumentsAsync(IResource resource, DistributedApplicationExecutionContext execution, ValueProviderContext caller, CancellationToken cancellationToken, ILogger? logger = null, ValueVisitor? visit = null)
    {
        var values = new List<string>();
        foreach (var value in await CollectArgumentsAsync(resource, execution, cancellationToken, logger))
        {
            if (await ResolveAsync(value, execution, caller, visit, cancellationToken) is { } text)
                values.Add(text);
        }
        return values;
    }

    private static async ValueTask<string?> ResolveAsync(object? value, DistributedApplicationExecutionContext execution, ValueProviderContext caller, ValueVisitor? visit, CancellationToken cancellationToken)
    {
        var text = await ResolveAsync(value, execution, caller, cancellationToken);
        if (visit is not null)
            await visit(value, cancellationToken);
        return text;
    }

    private static async ValueTask<string?> ResolveAsync(object? value, DistributedApplicationExecutionContext execution, ValueProviderContext caller, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        IManifestExpressionProvider expression when execution.IsPublishMode => expression.ValueExpression,
        IValueProvider provider => await provider.GetValueAsync(caller, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(caller, cancellationToken),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag.ToString(),
        _ => throw new DistributedApplicationException($"A value of type '{value.GetType()}' can be neither an environment variable nor an argument."),
    };
}
