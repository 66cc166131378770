using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using MovieFriends.Bench;
using MovieFriends.Bench.Reporting;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Extensions;
using Neo4j.Driver;
using Spectre.Console;

const int Failed = 1, Refused = 2, Interrupted = 130;
const int WidthOfAFile = 140;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
try
{
    var options = new HostApplicationBuilder(args).AddValidatedOptions<BenchOptions>(BenchOptions.Section);
    if (Console.IsOutputRedirected)
        AnsiConsole.Profile.Width = WidthOfAFile;
    var report = await new BenchRun(options, new Journal(Console.Out)).RunAsync(cancellation.Token);
    foreach (var table in BenchTable.All(report))
        AnsiConsole.Write(table);
    if (options.Json is not null)
        await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(report, BenchJson.Default.BenchReport) + "\n", cancellation.Token);
    if (options.Reports is not null)
        Console.WriteLine($"The report is in {await BenchMarkdown.SaveAsync(report, options.Reports, cancellation.Token)}.");
    return 0;
}
catch (ConfigurationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Refused;
}
catch (Exception) when (cancellation.IsCancellationRequested)
{
    // The servers hear the signal, too, and whoever uses them then fails in a way of its own.
    return Interrupted;
}
catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or FormatException or Neo4jException or KafkaException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Failed;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}
