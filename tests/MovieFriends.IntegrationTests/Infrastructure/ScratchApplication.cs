using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>An application in a temporary folder that gets a library from packages, and the rest from where this machine gets its packages.</summary>
internal sealed class ScratchApplication
{
    private const string SourceUnreachable = "NU1301";

    private readonly string _folder;

    private ScratchApplication(PackedLibrary library) => _folder = Path.Combine(library.Folder, "application");

    /// <summary>Restores and builds it; skips the test where the packages of others cannot be had.</summary>
    public static async Task<ScratchApplication> BuildAsync(PackedLibrary library, string program, CancellationToken cancellationToken)
    {
        var application = new ScratchApplication(library);
        application.Write(library, program);
        try
        {
            await DotnetCommand.RunAsync(application._folder, ["restore", "--nologo"], [Cache(library)], cancellationToken);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains(SourceUnreachable, StringComparison.Ordinal))
        {
            Assert.Skip($"The packages of others that {library.Library} needs cannot be had: {exception.Message.ReplaceLineEndings(" ")}");
        }

        await DotnetCommand.RunAsync(
            application._folder, ["build", "--no-restore", "--nologo", "-o", "built", "-p:UseSharedCompilation=false"], [Cache(library)], cancellationToken);
        return application;
    }

    /// <returns>What it prints.</returns>
    public Task<string> RunAsync(IEnumerable<KeyValuePair<string, string>> environment, CancellationToken cancellationToken) =>
        DotnetCommand.RunAsync(_folder, ["exec", Path.Combine("built", "application.dll")], environment, cancellationToken);

    // A package of the same version may be another tomorrow: it must not get into the machine's own folder.
    private static KeyValuePair<string, string> Cache(PackedLibrary library) => KeyValuePair.Create("NUGET_PACKAGES", Path.Combine(library.Folder, "cache"));

    private void Write(PackedLibrary library, string program)
    {
        Directory.CreateDirectory(_folder);
        Write("Program.cs", program);
        Write(
            "application.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{library.Library}" Version="{library.Version}" />
              </ItemGroup>
            </Project>
            """);

        // Nothing of a folder above.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            Write(file, "<Project />");

        // The machine's own sources are added to these; what it has already is not fetched again.
        Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{library.Packages}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{MachineCache()}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    private static string MachineCache()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.CreateDirectory(folder).FullName;
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);
}
