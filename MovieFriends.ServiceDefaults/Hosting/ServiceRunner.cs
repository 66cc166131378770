using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;

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

    /// <summary>Builds and runs a service until it ends or SIGTERM or SIGINT comes.</summary>
    /// <param name="build">Puts the service together; may throw <see cref="ConfigurationException"/>.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        // A host hears of signals only while it runs.
        using var ended = new CancellationTokenSource();
        using var terminate = End(PosixSignal.SIGTERM, ended);
        using var interrupt = End(PosixSignal.SIGINT, ended);
        return await RunAsync(build, Console.Error, ended.Token);
    }

    /// <summary>The same in a process that may run others, too, and keeps its signals to itself.</summary>
    /// <param name="build">Puts the service together; may throw <see cref="ConfigurationException"/>.</param>
    /// <param name="errors">Takes the line that says why it could not start.</param>
    /// <param name="ended">Stops the service.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IHost> build, TextWriter errors, CancellationToken ended)
    {
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            return await RunOnceAsync(build, ended);
        }
        catch (OperationCanceledException)
        {
            // Stopped before it had started.
            return Ok;
        }
        catch (ConfigurationException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return Misconfigured;
        }
        catch (FatalException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            // Somebody took the port between the look at it and the start.
            await errors.WriteLineAsync(exception.Message);
            return Misconfigured;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            // Files, folders and sockets are the machine's, and a stack trace says no more about them.
            await errors.WriteLineAsync($"The service cannot run: {exception.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
#pragma warning disable CA1031 // Whatever ends a service, it is one line, and the exit code says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var place = exception.StackTrace?.Split('\n')[0].Trim();
            await errors.WriteLineAsync($"The service failed where nobody expected it: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} ({place ?? "no place"})");
            return Failed;
        }
    }

    private static async Task<int> RunOnceAsync(Func<IHost> build, CancellationToken ended)
    {
        using var host = build();
        var exit = host.Services.GetRequiredService<ServiceExit>();
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await host.RunAsync(ended);

        // The host has logged an error that nobody expected, and has stopped for it; to those who started it that would look like a good end.
        if (exit.Code == Ok && services.Any(service => service.ExecuteTask is { IsFaulted: true }))
            return Failed;
        return exit.Code;
    }

    private static PosixSignalRegistration End(PosixSignal signal, CancellationTokenSource ended) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        ended.Cancel();
    });
}
