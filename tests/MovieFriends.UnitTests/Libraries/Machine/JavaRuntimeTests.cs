using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class JavaRuntimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("17.0.15", 17)]
    [InlineData("21", 21)]
    [InlineData("1.8.0_392", 8)]
    [InlineData("25-ea", 25)]
    [InlineData("unknown", null)]
    public void The_release_of_Java_is_understood_in_every_form_of_its_version(string text, int? version) =>
        Assert.Equal(version, JavaRuntime.ReleaseIn(text));

    [Fact]
    public void A_Java_home_says_its_version_itself()
    {
        var program = OperatingSystem.IsWindows() ? "java.exe" : "java";
        var path = _folder.File($"jdk/bin/{program}");
        _folder.File("jdk/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"11.0.2\"\n");
        var java = JavaRuntime.Find(name => name == "JAVA_HOME" ? Path.Combine(_folder.Path, "jdk") : null);
        Assert.Equal((path, "11.0.2", 11), (java.Path, java.Version, java.Release));

        var refusal = Assert.Throws<MachineException>(() => java.Require(17, "Kafka 4.3.1"));
        Assert.StartsWith($"Kafka 4.3.1 needs Java 17 or later, and {path} is Java 11.0.2", refusal.Message, StringComparison.Ordinal);
        java.Require(11, "Kafka 4.3.1");
    }

    [Fact]
    public void A_wrong_Java_home_is_refused_even_if_another_Java_is_on_the_path()
    {
        var refusal = Assert.Throws<MachineException>(
            () => JavaRuntime.Find(name => name == "JAVA_HOME" ? _folder.Path : Environment.GetEnvironmentVariable(name)));
        Assert.StartsWith($"JAVA_HOME: '{_folder.Path}' is not a Java home", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_Java_is_refused_with_how_to_get_it()
    {
        var refusal = Assert.Throws<MachineException>(() => JavaRuntime.Find(name => name == "PATH" ? _folder.Path : null));
        Assert.StartsWith("Java 17 or later is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("adoptium.net", refusal.Message, StringComparison.Ordinal);
    }
}
