namespace MovieFriends.Hosting.Terminal;

internal static class BuiltPrograms
{
    /// <summary>
    /// Starts each service from what was built together with the AppHost. Aspire's own way, <c>dotnet run</c>, evaluates the project
    /// once more, which takes a second of a processor for each start, and stays in memory beside the service.
    /// </summary>
    public static void StartBuiltPrograms(this IDistributedApplicationBuilder builder)
    {
        // A debugger starts projects in its own way.
        if (!builder.ExecutionContext.IsRunMode || Environment.GetEnvironmentVariable("DEBUG_SESSION_PORT") is { Length: > 0 })
            return;

        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            foreach (var project in start.Model.Resources.OfType<ProjectResource>())
            {
                var path = project.GetProjectMetadata().ProjectPath;
                if (FindProgram(Path.GetFileNameWithoutExtension(path)) is not { } program)
                    continue;

                // Relative to where it runs, so that the dashboard's column has room for it.
                var folder = Path.GetDirectoryName(path)!;
                program = Path.GetRelativePath(folder, program);
                project.Annotations.Add(new ExecutableAnnotation { Command = DotNet, WorkingDirectory = folder });
                project.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
                {
                    arguments.Insert(0, "exec");
                    arguments.Insert(1, program);
                }));
            }

            return Task.CompletedTask;
        });
    }

    private static string DotNet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    // bin/PROJECT/CONFIGURATION/PROJECT.dll, as the artifacts layout has it.
    private static string? FindProgram(string project)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        return folder.Parent?.Parent is { } bin && Path.Combine(bin.FullName, project, folder.Name, project + ".dll") is var program && File.Exists(program) ? program : null;
    }
}
