using System.Diagnostics;
using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>An application in a temporary folder that gets libraries from packages, and the rest from where this machine gets its packages.</summary>
internal sealed class ScratchApplication
{
    private const string SourceUnreachable = "NU1301";

    private readonly string _folder;

    private ScratchApplication(PackedLibraries packed, string name) => _folder = Directory.CreateDirectory(Path.Combine(packed.Folder, name)).FullName;

    /// <summary>Restores and builds it; skips the test where the packages of others cannot be had.</summary>
    /// <param name="packed">The libraries.</param>
    /// <param name="name">Tells it from other applications of the class.</param>
    /// <param name="project">Its project file.</param>
    /// <param name="program">Its program.</param>
    /// <param name="cancellationToken">Ends the building.</param>
    public static async Task<ScratchApplication> BuildAsync(PackedLibraries packed, string name, string project, string program, CancellationToken cancellationToken)
    {
        var application = new ScratchApplication(packed, name);
        application.Write(project, program);
        await RestoreAsync(packed, application._folder, cancellationToken);
        await DotnetCommand.RunAsync(
            application._folder, ["build", "--no-restore", "--nologo", "-o", "built", "-p:UseSharedCompilation=false"], [packed.Cache], cancellationToken);
        return application;
    }

    /// <summary>Restores what is in a folder; skips the test where the packages of others cannot be had.</summary>
    public static async Task RestoreAsync(PackedLibraries packed, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await DotnetCommand.RunAsync(folder, ["restore", "--nologo"], [packed.Cache], cancellationToken);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains(SourceUnreachable, StringComparison.Ordinal))
        {
            Assert.Skip($"Packages of others cannot be had: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <returns>What it prints.</returns>
    public Task<string> RunAsync(IEnumerable<KeyValuePair<string, string>> environment, CancellationToken cancellationToken, params string[] arguments) =>
        DotnetCommand.RunAsync(_folder, ["exec", Path.Combine("built", "application.dll"), .. arguments], environment, cancellationToken);

    /// <summary>Starts it and leaves it to the caller.</summary>
    public Process Start(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine("built", "application.dll")]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    private void Write(string project, string program)
    {
        WriteFile("Program.cs", program);
        WriteFile("application.csproj", project);

        // Nothing of a folder above.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            WriteFile(file, "<Project />");
    }

    private void WriteFile(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);
}
