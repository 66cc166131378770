using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Compose;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;

namespace Aspire.Hosting;

/// <summary>Writes applications for Docker Compose.</summary>
public static class ComposeFileExtensions
{
    private const string FileName = "docker-compose.yaml";
    private const string VariablesFileName = ".env";

    /// <summary>
    /// Writes the containers and projects of the application to <c>docker-compose.yaml</c>, each with what it waits for, and their parameters to
    /// <c>.env</c> beside it, which only its owner may read. The application is built in publish mode, and is not run.
    /// </summary>
    /// <param name="application">The application.</param>
    /// <param name="folder">Where the files are written. It is created if it is not there; older files of these names are replaced.</param>
    /// <param name="images">What the names of the projects' images begin with: the default of the variable <c>IMAGES</c>.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ConfigurationException">Compose cannot have the application as it is, or the folder cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">The application is not built in publish mode.</exception>
    public static async Task WriteComposeFileAsync(this DistributedApplication application, string folder, string images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(images);
        var services = application.Services;
        var execution = services.GetRequiredService<DistributedApplicationExecutionContext>();
        if (!execution.IsPublishMode)
            throw new InvalidOperationException("A Compose file is made of an application in publish mode: '--publisher manifest'.");

        // Whoever completes the model does it then, as for a manifest.
        var model = services.GetRequiredService<DistributedApplicationModel>();
        await services.GetRequiredService<IDistributedApplicationEventing>().PublishAsync(new BeforeStartEvent(services, model), cancellationToken);

        var variables = new ComposeVariables();
        var file = await new ComposeModel(execution, variables, images).DescribeAsync(model, cancellationToken);
        var program = services.GetRequiredService<IHostEnvironment>().ApplicationName;
        Write(Path.Combine(folder, FileName), $"# Written by {program}. The variables are in {VariablesFileName} beside it.\n{file.ToYaml()}", isPrivate: false);
        Write(Path.Combine(folder, VariablesFileName), $"# Passwords are in it: keep it to yourself, and keep it as long as the volumes.\nIMAGES={images}\nTAG=latest\n{variables.ToText()}", isPrivate: true);
    }

    private static void Write(string path, string content, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

            // A file that is there would keep its mode.
            File.Delete(path);
            using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
            writer.Write(content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be written ({exception.Message}): make its folder writable or free some space.", exception);
        }
    }
}
