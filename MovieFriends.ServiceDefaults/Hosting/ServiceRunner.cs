using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.ServiceDefaults.Configuration;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>Runs a service to its end and turns what ended it into an exit code and, where something is wrong, one line.</summary>
public static class ServiceRunner
{
    /// <summary>Everything went as it should.</summary>
    public const int Ok = 0;

    /// <summary>The work failed; the log says why.</summary>
    public const int Failed = 1;

    /// <summary>The configuration is wrong; nothing was started.</summary>
    public const int Misconfigured = 2;

    /// <summary>Builds and runs a service.</summary>
    /// <param name="build">Puts the service together; may throw <see cref="ConfigurationException"/>.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        try
        {
            using var host = build();
            var exit = host.Services.GetRequiredService<ServiceExit>();
            await host.RunAsync();
            return exit.Code;
        }
        catch (OperationCanceledException)
        {
            // Stopped before it had started.
            return Ok;
        }
        catch (ConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Misconfigured;
        }
        catch (FatalException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }
}
