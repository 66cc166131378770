using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <inheritdoc/>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Publishing:OutputPath",
    };

    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;
    private bool _built;

    /// <summary>A builder.</summary>
    /// <param name="args">The command line.</param>
    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>A builder.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _options = options;
        var hostOptions = new HostApplicationBuilderSettings { Args = options.Args };
        BuilderObserver.Current?.OnConstructing(options, hostOptions);
        hostOptions.ApplicationName ??= options.AssemblyName;

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AppHostMetadata.ProjectDirectory(AppHostAssembly) ?? Directory.GetCurrentDirectory();

        _host = Host.CreateApplicationBuilder(hostOptions);
        if (options.Args is { } args)
            Configuration.AddCommandLine(args, s_switches);
        Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:DashboardApplicationName"] = options.DashboardApplicationName ?? Environment.ApplicationName,
        });

        _executionContextOptions = Operation() is DistributedApplicationOperation.Publish
            ? new(DistributedApplicationOperation.Publish, Configuration["Publishing:Publisher"] ?? "manifest")
            : new(DistributedApplicationOperation.Run);
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);
        HostServices.Add(this, options);
        BuilderObserver.Current?.OnConstructed(this);
    }

    /// <inheritdoc/>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc/>
    public string AppHostDirectory { get; }

    /// <inheritdoc/>
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc/>
    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal ILoggingBuilder Logging => _host.Logging;

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.TryGetByName(resource.Name, out var other))
            throw new DistributedApplicationException($"Cannot add the {resource.GetType().Name} '{resource.Name}': there is a {other.GetType().Name} of that name already. Names are compared without regard to case.");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was built before.</exception>
    public DistributedApplication Build()
    {
        if (_built)
            throw new InvalidOperationException("The application is built already.");
        _built = true;
        BuilderObserver.Current?.OnBuilding(this);
        var application = new DistributedApplication(_host.Build());
        _executionContextOptions.Services = application.Services;
        BuilderObserver.Current?.OnBuilt(application);
        return application;
    }

    private DistributedApplicationOperation Operation() => Configuration["AppHost:Operation"]?.ToLowerInvariant() switch
    {
        "publish" => DistributedApplicationOperation.Publish,
        "run" => DistributedApplicationOperation.Run,
        null => Configuration["Publishing:Publisher"] is null ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish,
        var other => throw new DistributedApplicationException($"The operation '{other}' is not known; 'run' and 'publish' are."),
    };
}
