using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MovieFriends.IntegrationTests.Dashboard;

/// <summary>What a person sees in the dashboard, in a real browser.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed partial class DashboardTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    private static readonly LocatorAssertionsToBeVisibleOptions s_timeout = new() { Timeout = 120_000 };

    private IPage Page => dashboard.Page;

    [Fact]
    public async Task Every_resource_is_there_and_what_runs_for_long_is_running()
    {
        Assert.SkipWhen(dashboard.Missing is not null, dashboard.Missing ?? "");
        foreach (var (name, state) in ((string, string)[])[("kafka", "Running"), ("graph", "Running"), ("seeder", "Finished"), ("producer", "Running"), ("consumer", "Running"), ("verifier", "Not started")])
            await ReloadUntilVisibleAsync("/", Row(name).GetByText(state, new() { Exact = true }).First);

        await dashboard.PictureAsync("resources");
    }

    [Fact]
    public async Task Console_logs_flow()
    {
        Assert.SkipWhen(dashboard.Missing is not null, dashboard.Missing ?? "");
        await dashboard.GoAsync("/consolelogs/resource/consumer");
        await Expect(Page.GetByText("Partitions assigned").First).ToBeVisibleAsync(s_timeout);
        await Expect(Page.GetByText("consume:").First).ToBeVisibleAsync(s_timeout);
        await dashboard.PictureAsync("console");
    }

    [Fact]
    public async Task A_batch_can_be_followed_from_poll_to_commit()
    {
        Assert.SkipWhen(dashboard.Missing is not null, dashboard.Missing ?? "");
        var cell = Page.Locator("tr", new() { HasText = "poll charges" }).Locator("[title*='Trace Id'], [aria-label*='Trace Id']").First;
        await ReloadUntilVisibleAsync("/traces/resource/consumer", cell);
        await dashboard.PictureAsync("traces");
        var title = await cell.GetAttributeAsync("title") ?? await cell.GetAttributeAsync("aria-label");
        await dashboard.GoAsync($"/traces/detail/{TraceId().Match(title!).Value}");

        // Poll, processing and commit, which the waterfall names by system and topic, and the statement that every batch has.
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "MSG kafka charges" })).ToHaveCountAsync(3, new() { Timeout = s_timeout.Timeout });
        await Expect(Page.GetByText("SET KafkaOffset").First).ToBeVisibleAsync(s_timeout);
        await dashboard.PictureAsync("trace");
    }

    [Fact]
    public async Task The_lag_is_a_metric()
    {
        Assert.SkipWhen(dashboard.Missing is not null, dashboard.Missing ?? "");
        var lag = Page.Locator("fluent-tree-item[title='moviefriends.consumer.lag']");
        await ReloadUntilVisibleAsync("/metrics/resource/consumer", lag);
        await lag.ClickAsync();
        await Expect(Page.GetByText("Messages of a partition that are not in the graph yet").First).ToBeVisibleAsync(s_timeout);
        await Expect(Page.Locator(".js-plotly-plot .main-svg").First).ToBeVisibleAsync(s_timeout);
        await dashboard.PictureAsync("lag");
    }

    // The page of a resource that has not exported anything yet stays empty, and a page that has met an error of the dashboard stays as it is.
    private Task ReloadUntilVisibleAsync(string path, ILocator locator) => Wait.UntilAsync(
        $"{path} shows what is looked for",
        TimeSpan.FromMilliseconds(s_timeout.Timeout!.Value),
        async () =>
        {
            try
            {
                await dashboard.GoAsync(path);
                await locator.WaitForAsync(new() { Timeout = 10_000 });
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        },
        TestContext.Current.CancellationToken);

    private ILocator Row(string resource) => Page.Locator("tr", new() { Has = Page.GetByText(resource, new() { Exact = true }) }).First;

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex TraceId();
}
