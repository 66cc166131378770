using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class PrivateFileTests
{
    [Fact]
    public void What_cannot_be_written_is_named_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        var inTheWay = Path.Combine(folder.Path, "file");
        File.WriteAllText(inTheWay, "");

        // A folder that is none fails for everybody, the superuser included.
        var refusal = Assert.Throws<MachineException>(() => PrivateFile.Write(Path.Combine(inTheWay, "run", "connections.json"), "{}"));

        Assert.StartsWith($"{inTheWay}/run/connections.json cannot be written (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("make its folder writable or free some space.", refusal.Message, StringComparison.Ordinal);
    }
}
