using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The application of an entry point that waits to start it, as a test sees it.</summary>
internal sealed class TestingApplication(EntryPointRun run, DistributedApplication application) : DistributedApplication(application)
{
    private readonly IHostApplicationLifetime _lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
    private bool _released;

    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        _released = true;
        run.LetStart();
        // It may also fail to start, or have had nothing to do.
        await await Task.WhenAny(started.Task, run.Ended).WaitAsync(cancellationToken);
    }

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        await using var registration = cancellationToken.Register(_lifetime.StopApplication);
        await run.Ended;
    }

    public override Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (run.Ended.IsCompleted || !_released)
            return Task.CompletedTask;
        _lifetime.StopApplication();
        return EndAsync().WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        if (!run.Ended.IsCompleted)
        {
            if (_released)
                _lifetime.StopApplication();
            run.Abandon();
            await EndAsync();
        }
        // An entry point that was never started leaves the host to us.
        await base.DisposeAsync();
    }

    // How the entry point ended was told to whoever started it.
    private async Task EndAsync() => await ((Task)run.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
