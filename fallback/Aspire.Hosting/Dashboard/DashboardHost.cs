using System.Collections;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Runs the dashboard beside the application.</summary>
/// <remarks>Traces, metrics and structured logs are sent to it; for resources and their console logs it asks <see cref="ResourceServiceHost"/>.</remarks>
internal sealed partial class DashboardHost(
    IConfiguration configuration,
    DashboardOptions options,
    ResourceServiceOptions resourceOptions,
    ResourceServiceHost resources,
    RunFolder runFolder,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const string ResourceServiceUrl = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private readonly ILogger _logger = loggers.CreateLogger<DistributedApplication>();
    private readonly ILogger _output = loggers.CreateLogger("Aspire.Hosting.Dashboard");
    private readonly RunRecord _record = RunRecord.Open(runFolder.Path);
    private readonly CancellationTokenSource _stopping = new();
    private ChildProcess? _process;
    private Task _announced = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Found before: without it nothing was configured to send telemetry, and this service was not added.
        _announced = RunAsync(DashboardProgram.Find(configuration["AppHost:Directory"]!)!);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _announced;
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            await process.StopAsync(s_patience);
            _record.Remove(process.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    private async Task RunAsync(string program)
    {
        // It is told at its start where to ask about resources.
        var resourcesUrl = await resources.Listening;
        if (_stopping.IsCancellationRequested)
            return;
        try
        {
            _process = ChildProcess.Start(Spec(program, resourcesUrl));
        }
        catch (Exception ex) when (ex is DistributedApplicationException or IOException or UnauthorizedAccessException)
        {
            LogFailed(_logger, ex.Message);
            return;
        }
        _record.Add("aspire-dashboard", _process.Id, _process.StartTime);
        await AnnounceAsync(_process);
    }

    private ProcessSpec Spec(string program, string? resourcesUrl)
    {
        // The CLI unpacks itself into its home and keeps its logs there: both stay in the checkout.
        var home = Path.GetFullPath(Path.Combine(runFolder.Path, "..", "dashboard"));
        Directory.CreateDirectory(home);
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";

        // These are the AppHost's own; the dashboard would take them for addresses that nobody listens on.
        foreach (var name in (string[])["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", ResourceServiceUrl])
            environment.Remove(name);
        environment["HOME"] = home;
        environment["ASPIRE_HOME"] = home;
        environment["XDG_CACHE_HOME"] = Path.Combine(home, "cache");
        environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(home, "cache");
        environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        environment["DASHBOARD__APPLICATIONNAME"] = resourceOptions.ApplicationName;
        environment["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
        environment["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken;
        environment["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
        environment["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey;
        if (resourcesUrl is not null)
        {
            environment[ResourceServiceUrl] = resourcesUrl;
            environment["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey";
            environment["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = resourceOptions.ApiKey;
        }
        string[] arguments =
        [
            "dashboard", "run", "--non-interactive", "--nologo",
            "--frontend-url", options.FrontendUrl, "--otlp-grpc-url", options.OtlpGrpcUrl, "--otlp-http-url", options.OtlpHttpUrl,
        ];
        return new ProcessSpec(program, arguments, home, environment) { OnLine = (line, isError) => LogOutput(_output, line) };
    }

    private async Task AnnounceAsync(ChildProcess process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(s_startLimit);
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(s_poll);
        try
        {
            while (!await AnswersAsync(client, limit.Token))
            {
                if (process.Exited.IsCompleted)
                {
                    LogFailed(_logger, $"it ended with exit code {await process.Exited}");
                    return;
                }
                await timer.WaitForNextTickAsync(limit.Token);
            }
            LogDashboard(_logger, options.FrontendUrl);
            LogLogin(_logger, options.LoginUrl);
        }
        catch (OperationCanceledException)
        {
            if (!_stopping.IsCancellationRequested)
                LogFailed(_logger, $"no answer from {options.FrontendUrl} within {s_startLimit.TotalSeconds} s");
        }
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(options.FrontendUrl), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Now listening on: {DashboardUrl}")]
    private static partial void LogDashboard(ILogger logger, string dashboardUrl);

    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {DashboardLoginUrl}")]
    private static partial void LogLogin(ILogger logger, string dashboardLoginUrl);

    [LoggerMessage(LogLevel.Warning, "The dashboard is not available: {Reason}.")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "{Line}")]
    private static partial void LogOutput(ILogger logger, string line);
}
