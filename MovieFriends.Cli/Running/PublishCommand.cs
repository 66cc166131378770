using System.CommandLine;
using System.Runtime.InteropServices;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that writes what another tool runs the whole system from.</summary>
internal static class PublishCommand
{
    private const string Compose = "compose";

    private static readonly string[] s_services = ["MovieFriends.Seeder", "MovieFriends.Producer", "MovieFriends.Consumer", Checkout.Verifier, Checkout.Replayer];

    private static readonly Option<string> s_to = new("--to")
    {
        Required = true,
        Description = $"What for: {Compose} (Docker Compose)",
        CustomParser = result =>
        {
            if (result.Tokens[0].Value is not Compose)
                result.AddError($"--to: '{result.Tokens[0].Value}' is not known; there is {Compose}. (To Azure it is 'azd up'.)");
            return Compose;
        },
    };

    private static readonly Argument<DirectoryInfo> s_folder = new("folder")
    {
        Description = "A folder for the files, new or empty",
        Validators =
        {
            result =>
            {
                var path = result.Tokens[0].Value;
                if (File.Exists(path))
                    result.AddError($"{path} is a file; name a folder that is new or empty.");
                else if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                    result.AddError($"{path} is not empty; name a folder that is new or empty. A password that is there would be lost.");
            },
        },
    };

    private static readonly Option<bool> s_images = new("--images") { Description = "Build the images of the services, too, into Docker or Podman on this machine" };

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("publish", "Write the files from which another tool runs the whole system.") { s_to, s_folder, s_images, Options.Servers };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(s_folder)!.FullName, parsed.GetValue(s_images), parsed.GetValue(Options.Servers) ?? CommandLine.ServersVariable, checkout, display, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, bool images, ServerMode servers, Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        // Nothing runs here, so no server is needed.
        await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.External), cancellationToken);
        var arguments = new AppHostArguments()
            .Set("publisher", "manifest")
            .Set(ServerModeChoice.Key, servers.ToString())
            .Set(AppHostSettings.ComposeFolder, folder);
        if (await new AppHostRun(checkout, display).RunAsync(arguments, cancellationToken) is not 0 and var exitCode)
            return exitCode;

        foreach (var project in images ? s_services : [])
            await BuildImageAsync(project, checkout, display, cancellationToken);
        display.Line($"Written to {folder}: docker-compose.yaml, and .env with its variables{(servers == ServerMode.External ? "; fill in those that are empty" : "")}.");
        if (!images)
            display.Line($"It needs the images moviefriends/NAME:latest: '--images' builds them, or for each service 'dotnet {string.Join(' ', ImageArguments("PROJECT"))}'.");
        display.Line($"Start it: docker compose --project-directory {folder} up --detach");
        return 0;
    }

    private static async Task BuildImageAsync(string project, Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        using var _ = display.Step($"Building the image of {project}");
        var result = await new ChildProgram(ExecutablePath.DotNet, [.. ImageArguments(checkout.At(project)), "--nologo", "-v", "q", "-p:UseSharedCompilation=false"])
            .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (result.ExitCode != 0)
            throw new CommandException($"The image of {project} cannot be built:{Environment.NewLine}{result.Output.Trim()}");
    }

    private static string[] ImageArguments(string project) =>
        ["publish", project, "-r", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "-c", "Release", "-t:PublishContainer"];
}
