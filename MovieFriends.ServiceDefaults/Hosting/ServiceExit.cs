using Microsoft.Extensions.Hosting;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>How a service says that its work is over.</summary>
public sealed class ServiceExit(IHostApplicationLifetime lifetime)
{
    private int _code;

    /// <summary>The exit code so far; a failure is not taken back.</summary>
    public int Code => Volatile.Read(ref _code);

    /// <summary>Stops the service.</summary>
    /// <param name="code">0 for success; the first other code stays.</param>
    public void Stop(int code = 0)
    {
        Interlocked.CompareExchange(ref _code, code, 0);
        lifetime.StopApplication();
    }
}
