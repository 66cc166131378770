using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using MovieFriends.Chaos;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Extensions;
using Spectre.Console;

const int Failed = 1, Refused = 2, Interrupted = 130;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
try
{
    var options = new HostApplicationBuilder(args).AddValidatedOptions<ChaosOptions>(ChaosOptions.Section);
    var report = await new ChaosRun(options, new Journal(Console.Out)).RunAsync(cancellation.Token);
    AnsiConsole.Write(ChaosTable.Faults(report));
    AnsiConsole.Write(ChaosTable.Figures(report));
    foreach (var line in report.UnexpectedEnds.Concat(report.Discrepancies))
        Console.WriteLine(line);
    if (options.Json is not null)
        await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(report, ChaosJson.Default.ChaosReport) + "\n", cancellation.Token);
    return report.Ok ? 0 : Failed;
}
catch (ConfigurationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Refused;
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return Interrupted;
}
catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Failed;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}
