using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's entry point on a thread of its own, held twice: before it builds and before it starts.</summary>
internal sealed class EntryPointRun(Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderObserver
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = New<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource<DistributedApplication> _application = New<DistributedApplication>();
    private readonly TaskCompletionSource<int> _ended = New<int>();
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayStart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The builder, when everything was added to it.</summary>
    public Task<DistributedApplicationBuilder> Builder => _builder.Task;

    /// <summary>The application, when it was built.</summary>
    public Task<DistributedApplication> Application => _application.Task;

    /// <summary>The exit code; fails as the entry point failed.</summary>
    public Task<int> Ended => _ended.Task;

    public void Begin() => new Thread(Run) { IsBackground = true, Name = $"{appHost.GetName().Name} entry point" }.Start();

    public void LetBuild() => _mayBuild.TrySetResult();

    public void LetStart() => _mayStart.TrySetResult();

    /// <summary>Sends the entry point away from wherever it is held.</summary>
    public void Abandon()
    {
        _mayBuild.TrySetCanceled();
        _mayStart.TrySetCanceled();
    }

    public override void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings hostOptions)
    {
        var name = appHost.GetName().Name!;
        hostOptions.Args = args;
        hostOptions.ApplicationName = name;
        options.Args = args;
        options.AssemblyName = name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        TestingDefaults.Add(appHost, args, hostOptions);
        configure(options, hostOptions);
    }

    public override void OnConstructed(DistributedApplicationBuilder builder)
    {
        // Resources are still to be added: the test gets the builder when they are.
    }

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public override void OnBuilt(DistributedApplication application)
    {
        application.StartGate = cancellationToken => _mayStart.Task.WaitAsync(cancellationToken);
        _application.TrySetResult(application);
    }

    private void Run()
    {
        Current = this;
        try
        {
            var main = appHost.EntryPoint ?? throw new InvalidOperationException($"'{appHost.GetName().Name}' has no entry point.");
            var result = main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [args], null);
            var exitCode = result as int? ?? Environment.ExitCode;
            Fail(new InvalidOperationException($"The entry point of '{appHost.GetName().Name}' ended with exit code {exitCode} before it had built an application."));
            _ended.TrySetResult(exitCode);
        }
        catch (Exception ex)
        {
            Fail(ex);
            _ended.TrySetException(ex);
        }
    }

    // Whoever waits for something that will not come any more learns why.
    private void Fail(Exception ex)
    {
        _builder.TrySetException(ex);
        _application.TrySetException(ex);
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
