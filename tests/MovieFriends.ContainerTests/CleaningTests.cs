using MovieFriends.Cli;
using MovieFriends.Cli.Cleaning;
using MovieFriends.Machine;
using Spectre.Console;

namespace MovieFriends.ContainerTests;

/// <summary>What <c>clean</c> says and does of containers and volumes.</summary>
[Trait(Suite.Trait, Suite.Containers)]
public sealed class CleaningTests
{
    private const string Image = "neo4j:5.26-community";

    [Fact]
    public async Task Only_what_is_ours_is_named_and_only_on_request_deleted()
    {
        await Engine.RequireAsync();
        var folder = Directory.CreateTempSubdirectory("moviefriends-").FullName;
        var checkout = new Checkout(folder);
        var ours = checkout.Volumes;
        var foreign = $"{ours[1]}-of-another";
        var password = ContainerVolumes.PasswordFile(ours[1]);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(password)!);
            await File.WriteAllTextAsync(password, "secret", TestContext.Current.CancellationToken);
            foreach (var volume in (string[])[.. ours, foreign])
                await Engine.AskAsync("volume", "create", volume);
            await Engine.AskAsync("create", "--name", ours[1], "--volume", $"{ours[1]}:/x", Image);
            await Engine.AskAsync("create", "--name", foreign, "--volume", $"{foreign}:/x", Image);

            Assert.Equal(
                [$"Stays: container {ours[1]}", $"Stays: volume {ours[0]}", $"Stays: volume {ours[1]}", "  'dotnet moviefriends.cs clean --volumes' deletes containers and volumes, too."],
                await CleanAsync(checkout, delete: false));
            Assert.True(File.Exists(password));

            Assert.Equal(
                [$"Deleting container {ours[1]}", $"Deleting volume {ours[0]}", $"Deleting volume {ours[1]}", $"Deleting {password}"],
                await CleanAsync(checkout, delete: true));
            Assert.Empty((await Engine.VolumesAsync()).Intersect(ours));
            Assert.Equal([foreign], await Engine.ContainersOfAsync(foreign));
            Assert.False(File.Exists(password));
            Assert.Empty(await CleanAsync(checkout, delete: false));
        }
        finally
        {
            await Engine.DeleteAsync([.. ours, foreign]);
            File.Delete(password);
            Directory.Delete(folder);
        }
    }

    private static async Task<string[]> CleanAsync(Checkout checkout, bool delete)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 300;
        await new ContainerCleanup(checkout, new Display(console)).CleanAsync(delete, TestContext.Current.CancellationToken);
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
