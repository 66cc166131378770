using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace MovieFriends.AppHost.Commands;

/// <summary>Commands that run a job which is a resource of its own, and say how it went.</summary>
internal static class JobCommandExtensions
{
    /// <summary>Adds a command to a resource.</summary>
    /// <param name="builder">Where it is offered.</param>
    /// <param name="name">By which it is given.</param>
    /// <param name="displayName">What the dashboard calls it.</param>
    /// <param name="description">What it does.</param>
    /// <param name="icon">A Fluent UI icon.</param>
    /// <param name="job">What it runs: started by nobody else, and ending by itself.</param>
    public static IResourceBuilder<T> WithJobCommand<T>(
        this IResourceBuilder<T> builder, string name, string displayName, string description, string icon, IResourceBuilder<ProjectResource> job)
        where T : IResource
    {
        var turn = new SemaphoreSlim(1, 1);
        return builder.WithCommand(
            name,
            displayName,
            context => RunAsync(context, job.Resource, turn),
            new CommandOptions { Description = description, IconName = icon, IsHighlighted = true });
    }

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, ProjectResource job, SemaphoreSlim turn)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, context.CancellationToken))
            return CommandResults.Failure($"{job.Name} is at work already.");

        try
        {
            return await RunAsync(context, job);
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, ProjectResource job)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        var before = notifications.TryGetCurrentState(job.Name, out var current) ? current.Snapshot : null;
        if (before is { State.Text: { } state } && (state == KnownResourceStates.Running || state == KnownResourceStates.Starting))
            return CommandResults.Failure($"{job.Name} is at work already.");

        var started = await context.Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(job, KnownResourceCommands.StartCommand, context.CancellationToken);
        if (!started.Success)
            return CommandResults.Failure($"{job.Name} could not be started: {started.Message ?? "the dashboard shows why"}.");

        var ended = await notifications.WaitForResourceAsync(job.Name, change => HasEnded(change.Snapshot, before), context.CancellationToken);
        return ended.Snapshot switch
        {
            { ExitCode: 0 } => CommandResults.Success($"{job.Name}: done."),
            { ExitCode: { } code } => CommandResults.Failure($"{job.Name} ended with exit code {code}; its console log says why."),
            _ => CommandResults.Failure($"{job.Name} could not be started; its console log says why."),
        };
    }

    // What is known of an earlier run stays until this one begins.
    private static bool HasEnded(CustomResourceSnapshot now, CustomResourceSnapshot? before) =>
        now.State?.Text == KnownResourceStates.FailedToStart
            ? !ReferenceEquals(now, before)
            : now.ExitCode is not null && now.StopTimeStamp is { } stopped && stopped != before?.StopTimeStamp;
}
