using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MovieFriends.Chaos.Processes;
using Xunit;

namespace MovieFriends.IntegrationTests.Dashboard;

/// <summary>The AppHost as a user starts it, with its dashboard, and a browser that has signed in there.</summary>
public sealed partial class RunningDashboard : IAsyncLifetime
{
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-run-").FullName;
    private ServiceProcess? _appHost;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Missing { get; private set; }

    internal Uri Address { get; private set; } = null!;

    internal IPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(s_browsers, File.Exists);
        if (program is null)
        {
            Missing = "No browser is installed (on Debian: 'apt-get install chromium'; the variable CHROMIUM names another program).";
            return;
        }

        _appHost = ServiceProcess.Start(
            "appHost",
            new Dictionary<string, string>
            {
                // As the launch profile has it: metrics are exported every second then, not every minute.
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["Servers"] = "Local",
                ["LocalServers__DataPath"] = Path.Combine(_folder, "servers"),
                ["ConnectionsFile"] = Path.Combine(_folder, "connections.json"),
                ["Seeder__Users"] = "2000",
                ["Producer__Users"] = "2000",
                // Pictures need not show where this machine keeps the services.
                ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning",
                // So slow that the dashboard, which keeps 10,000 traces, still has the one that a test has found.
                ["Producer__Rate"] = "20",
            });
        var login = await Wait.UntilAsync("the dashboard is there", TimeSpan.FromMinutes(3), () => Task.FromResult(_appHost.Log.FirstOrDefault(LoginLine().IsMatch)), Cancellation);

        var address = new Uri(LoginLine().Match(login).Groups[1].Value);
        Address = new Uri(address.GetLeftPart(UriPartial.Authority));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        Page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 800 } });
        Page.SetDefaultTimeout(120_000);
        await Page.GotoAsync(address.AbsoluteUri);
    }

    /// <summary>Opens a page of the dashboard.</summary>
    internal Task GoAsync(string path) => Page.GotoAsync(new Uri(Address, path).AbsoluteUri);

    /// <summary>Takes a picture, into the folder of the test results.</summary>
    internal Task PictureAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}.png") });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_appHost is not null)
        {
            await _appHost.StopAsync(TimeSpan.FromSeconds(60));
            await _appHost.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"Login to the dashboard at (http\S+)")]
    private static partial Regex LoginLine();
}
