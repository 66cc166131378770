using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>The facts about a process that are shown with its resource.</summary>
internal static class ResourceFacts
{
    /// <summary>What is known before it starts.</summary>
    public static IReadOnlyList<ResourcePropertySnapshot> Of(IResource resource) => resource switch
    {
        ProjectResource project => [ProjectPath(project)],
        ExecutableResource executable => [Path(executable.Command, 0), Directory(executable.WorkingDirectory, 1)],
        _ => [],
    };

    /// <summary>What is known while it runs.</summary>
    public static IReadOnlyList<ResourcePropertySnapshot> Of(IResource resource, ChildProcess process, ProcessSpec spec, LaunchFacts facts)
    {
        // An arguments' list is not shown for whom the application gives none.
        var anySecret = facts.AreSecret.Contains(true);
        IReadOnlyList<ResourcePropertySnapshot> arguments =
        [
            new(KnownProperties.Arguments, facts.Arguments) { IsSensitive = anySecret },
            new(KnownProperties.ArgumentsSensitivity, facts.AreSecret.Select(s => s ? 1 : 0).ToArray()) { IsSensitive = anySecret },
        ];
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        return resource is ProjectResource project
            ? [Path(spec.FileName, null), Directory(spec.WorkingDirectory, null), Arguments(spec.Arguments, null), ProjectPath(project), ProcessId(id, 2), .. arguments]
            : [Path(spec.FileName, 0), Directory(spec.WorkingDirectory, 1), Arguments(spec.Arguments, 2), ProcessId(id, 3), .. arguments];
    }

    private static ResourcePropertySnapshot ProjectPath(ProjectResource project) =>
        new(KnownProperties.ProjectPath, project.GetProjectMetadata().ProjectPath) { DisplayName = "Project path", Order = 0 };

    private static ResourcePropertySnapshot Path(string path, int? order) =>
        new(KnownProperties.ExecutablePath, path) { DisplayName = "Executable path", Order = order };

    private static ResourcePropertySnapshot Directory(string path, int? order) =>
        new(KnownProperties.ExecutableDirectory, path) { DisplayName = "Working directory", Order = order };

    // An argument may be a secret.
    private static ResourcePropertySnapshot Arguments(IReadOnlyList<string> arguments, int? order) =>
        new(KnownProperties.ExecutableArguments, arguments) { IsSensitive = true, DisplayName = "Executable arguments", Order = order };

    private static ResourcePropertySnapshot ProcessId(string id, int order) =>
        new(KnownProperties.ExecutableProcessId, id) { DisplayName = "Process ID", Order = order };
}
