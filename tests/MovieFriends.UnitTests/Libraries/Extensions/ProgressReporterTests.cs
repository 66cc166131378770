using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ProgressReporterTests
{
    [Fact]
    public void What_something_else_counts_is_asked_for_and_not_counted_again()
    {
        var sent = 0L;
        using var progress = new ProgressReporter(NullLogger.Instance, TimeProvider.System, TimeSpan.FromHours(1), "produce", "messages", 10, () => sent);
        sent = 7;
        Assert.Equal(7, progress.Done);
    }

    [Fact]
    public void Without_that_it_counts_by_itself()
    {
        using var progress = new ProgressReporter(NullLogger.Instance, TimeProvider.System, TimeSpan.FromHours(1), "seed", "users", 10);
        progress.Add(3);
        progress.Add(4);
        Assert.Equal(7, progress.Done);
    }
}
