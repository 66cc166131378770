using System.Globalization;
using Spectre.Console;
using ProgressContext = Spectre.Console.ProgressContext;

namespace MovieFriends.Hosting.Terminal;

/// <summary>A bar per stage with rate and time left, redrawn in place.</summary>
internal sealed class TerminalProgress : IProgressDisplay
{
    private readonly Dictionary<string, ProgressTask> _bars = [];
    private readonly TaskCompletionSource<ProgressContext> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    public TerminalProgress(IAnsiConsole console) => _drawing = console.Progress()
        .AutoClear(false)
        .HideCompleted(false)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RateColumn(),
            new RemainingTimeColumn(),
            new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            _ready.SetResult(context);
            await _closed.Task;
        });

    public void Show(ServiceLogLine.Progress progress)
    {
        if (!_ready.Task.IsCompletedSuccessfully)
            return;

        lock (_bars)
        {
            if (!_bars.TryGetValue(progress.Stage, out var bar))
                _bars[progress.Stage] = bar = _ready.Task.Result.AddTask(Markup.Escape($"{progress.Stage} ({progress.Unit})"));
            bar.IsIndeterminate = progress.Total <= 0;
            bar.MaxValue = Math.Max(progress.Total, 1);
            bar.Value = progress.Total > 0 ? progress.Done : 0;
            bar.State.Update<double>(RateColumn.Rate, _ => progress.Rate);
            if (progress.Total > 0 && progress.Done >= progress.Total)
                bar.StopTask();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_bars)
        {
            foreach (var bar in _bars.Values.Where(bar => !bar.IsFinished))
                bar.StopTask();
        }

        _closed.TrySetResult();
        await _drawing;
    }

    /// <summary>The service's own rate; the library's would count the pauses between lines.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        public const string Rate = "rate";

        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.State.Get<double>(Rate):N0}/s"));
    }
}
