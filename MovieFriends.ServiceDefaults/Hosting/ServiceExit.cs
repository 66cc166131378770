using Microsoft.Extensions.Hosting;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>How a service says that its work is over.</summary>
public sealed class ServiceExit(IHostApplicationLifetime lifetime)
{
    private int _code;
    private int _startsAgain;

    /// <summary>The exit code so far; a failure is not taken back.</summary>
    public int Code => Volatile.Read(ref _code);

    /// <summary>Whether the service is to be built and started anew.</summary>
    public bool StartsAgain => Volatile.Read(ref _startsAgain) != 0 && Code == 0;

    /// <summary>Stops the service and starts it anew in the same process, which is what becomes of a client that can be mended by nothing else.</summary>
    public void StartAgain()
    {
        Volatile.Write(ref _startsAgain, 1);
        lifetime.StopApplication();
    }

    /// <summary>Stops the service.</summary>
    /// <param name="code">0 for success; the first other code stays.</param>
    public void Stop(int code = 0)
    {
        Interlocked.CompareExchange(ref _code, code, 0);
        lifetime.StopApplication();
    }
}
