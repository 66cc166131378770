using System.Runtime.InteropServices;

// A program for the host's tests: what it does is its first argument.
switch (args)
{
    case ["exit", var code]:
        Console.WriteLine("leaving");
        return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);

    case ["print", .. var names]:
        foreach (var name in names)
            Console.WriteLine($"{name}={Environment.GetEnvironmentVariable(name)}");
        return 0;

    case ["stubborn"]:
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true))
        {
            Console.WriteLine("deaf");
            Thread.Sleep(Timeout.Infinite);
        }
        return 0;

    case ["parent", var dotnet, var self]:
        // Has a child of its own, and does not look after it.
        using (var child = System.Diagnostics.Process.Start(dotnet, ["exec", self, "stubborn"]))
        {
            Console.WriteLine($"child {child.Id}");
            Thread.Sleep(Timeout.Infinite);
        }
        return 0;
}

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/env/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/health", () => args is [_, "unhealthy", ..] ? Results.StatusCode(503) : Results.Ok());
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("serving"));
if (args is ["serve", var journal, ..] && journal != "unhealthy")
{
    var name = Environment.GetEnvironmentVariable("WORKER_NAME");
    app.Lifetime.ApplicationStopping.Register(() => File.AppendAllText(journal, $"{name} stopping\n"));
    app.Lifetime.ApplicationStopped.Register(() => File.AppendAllText(journal, $"{name} stopped\n"));
}
app.Run();
return 0;
