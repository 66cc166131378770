using System.Runtime.InteropServices;

namespace MovieFriends.Cli.Running;

/// <summary>
/// Turns Ctrl-C, SIGTERM and a closed terminal into a cancelled token, so that whatever was started is stopped before the command ends.
/// </summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly PosixSignalRegistration[] registrations;

    public Termination() => registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Cancel)),
    ];

    public CancellationToken Token => cancellation.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        cancellation.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        cancellation.Cancel();
    }
}
