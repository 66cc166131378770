using Aspire.Hosting;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class StartRefusalTests
{
    [Fact]
    public void A_wrong_setting_and_a_machine_that_lacks_something_are_refusals()
    {
        var setting = new ConfigurationException("a = 'b': must be c.");
        var machine = new MachineException("Java is missing.");

        Assert.Same(setting, StartRefusal.Find(setting));
        Assert.Same(machine, StartRefusal.Find(machine));
    }

    [Fact]
    public void A_refusal_is_found_however_the_host_has_wrapped_it()
    {
        var refusal = new MachineException("The folder is in use.");

        Assert.Same(refusal, StartRefusal.Find(new DistributedApplicationException("The start failed.", new AggregateException(new IOException(), refusal))));
    }

    [Fact]
    public void Anything_else_is_left_to_the_runtime() =>
        Assert.Null(StartRefusal.Find(new DistributedApplicationException("The start failed.", new FatalException("It failed."))));
}
