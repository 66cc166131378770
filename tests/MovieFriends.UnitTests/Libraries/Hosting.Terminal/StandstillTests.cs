using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Hosting.Terminal;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class StandstillTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_is_on_its_way_for_long_is_named_with_state_and_last_line_and_again_each_minute()
    {
        var standstill = new Standstill(_time, countsSilence: false);
        standstill.Observe("kafka", In(KnownResourceStates.Starting), isService: false);
        standstill.Hear("kafka", "Pulling the image");

        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Empty(standstill.Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["kafka: Starting for 15 s; its last line: Pulling the image"], standstill.Due());
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(standstill.Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["kafka: Starting for 75 s; its last line: Pulling the image"], standstill.Due());
    }

    [Theory]
    [InlineData("NotStarted")]
    [InlineData("Waiting")]
    [InlineData("Finished")]
    [InlineData("FailedToStart")]
    public void What_waits_for_another_or_is_over_is_not_what_holds_things_up(string state)
    {
        var standstill = new Standstill(_time, countsSilence: true);
        standstill.Observe("consumer", In(state), isService: true);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(standstill.Due());
    }

    [Fact]
    public void In_a_job_a_service_that_says_nothing_is_named_until_it_says_something()
    {
        var standstill = new Standstill(_time, countsSilence: true);
        standstill.Observe("kafka", In(KnownResourceStates.Running), isService: false);
        standstill.Observe("producer", In(KnownResourceStates.Running), isService: true);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(["producer: no word for 15 s; it has written nothing"], standstill.Due());

        standstill.Hear("producer", "produce: 1 message");
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Empty(standstill.Due());
    }

    [Fact]
    public void A_stream_may_be_silent_for_as_long_as_it_is_healthy()
    {
        var standstill = new Standstill(_time, countsSilence: false);
        standstill.Observe("consumer", In(KnownResourceStates.Running), isService: true);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(standstill.Due());
    }

    private static CustomResourceSnapshot In(string state) =>
        new() { ResourceType = "Project", Properties = [], State = new ResourceStateSnapshot(state, null) };
}
