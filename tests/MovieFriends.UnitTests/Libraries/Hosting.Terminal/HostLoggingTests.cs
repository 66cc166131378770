using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.Hosting.Terminal;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class HostLoggingTests
{
    [Theory]
    [InlineData(LogLevel.Debug, "Default=Trace")]
    [InlineData(LogLevel.Debug, "Default=Warning", "Aspire.Hosting=Trace")]
    [InlineData(LogLevel.Debug, "Default=Warning", "Aspire.Hosting.ApplicationModel.ResourceNotificationService=Trace")]
    [InlineData(LogLevel.Information)]
    [InlineData(LogLevel.Information, "Default=Information")]
    [InlineData(LogLevel.None, "Default=None")]
    [InlineData(LogLevel.Warning, "Default=Trace", "Aspire=Warning")]
    [InlineData(LogLevel.Debug, "Default=Debug")]
    public void What_the_host_writes_of_resources_is_what_is_set_but_for_values(LogLevel expected, params string[] levels)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging
                .AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection(levels.Select(Level)).Build().GetSection("Logging"))
                .AddFakeLogging())
            .PostConfigure<LoggerFilterOptions>(TerminalHostBuilderExtensions.KeepValuesOutOfLogs)
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<ResourceNotificationService>>();

        Assert.Equal(expected, Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || logger.IsEnabled(level)));

        static KeyValuePair<string, string?> Level(string text) => new($"Logging:LogLevel:{text.Split('=')[0]}", text.Split('=')[1]);
    }
}
