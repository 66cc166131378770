using System.Globalization;
using MovieFriends.AppHost.States;
using Spectre.Console;
using ProgressContext = Spectre.Console.ProgressContext;

namespace MovieFriends.AppHost.Demo;

/// <summary>A bar per stage with rate and time left, redrawn in place.</summary>
internal sealed class TerminalProgress : IProgressDisplay
{
    private readonly Dictionary<string, ProgressTask> bars = [];
    private readonly TaskCompletionSource<ProgressContext> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task drawing;

    public TerminalProgress(IAnsiConsole console) => drawing = console.Progress()
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
            ready.SetResult(context);
            await closed.Task;
        });

    public void Show(ServiceLogLine.Progress progress)
    {
        if (!ready.Task.IsCompletedSuccessfully)
            return;

        lock (bars)
        {
            if (!bars.TryGetValue(progress.Stage, out var bar))
                bars[progress.Stage] = bar = ready.Task.Result.AddTask(Markup.Escape($"{progress.Stage} ({progress.Unit})"));
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
        lock (bars)
        {
            foreach (var bar in bars.Values.Where(bar => !bar.IsFinished))
                bar.StopTask();
        }

        closed.TrySetResult();
        await drawing;
    }

    /// <summary>The service's own rate; the library's would count the pauses between lines.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        public const string Rate = "rate";

        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.State.Get<double>(Rate):N0}/s"));
    }
}
