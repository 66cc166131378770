using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

/// <summary>What a resource is in Azure: the part <c>deployment</c> of its entry in the manifest.</summary>
internal sealed class DeploymentTarget : Resource
{
    private static readonly AppAnnotation s_default = new(ContainerSize.Default, Replicas: 1, ProbePath: null, TerminationGracePeriodSeconds: 30);

    private readonly IResource _resource;
    private readonly ContainerAppEnvironmentResource _environment;

    public DeploymentTarget(IResource resource, ContainerAppEnvironmentResource environment)
        : base($"{resource.Name}-containerapp")
    {
        _resource = resource;
        _environment = environment;
        Annotations.Add(new ManifestPublishingCallbackAnnotation(WriteAsync));
    }

    /// <exception cref="ConfigurationException">Container Apps cannot have the resource as it is.</exception>
    public async Task CheckAsync(DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        _ = Settings().Count();
        await ArgumentsAsync(execution, cancellationToken);
        if (Lag is { } lag)
            KafkaLag.Check(_resource, lag, await EnvironmentVariables.ReadAsync(_resource, execution, cancellationToken));
    }

    private PublishAnnotation Publish => _resource.Annotations.OfType<PublishAnnotation>().LastOrDefault() ?? s_default;

    // azd takes strings alone, and puts a pair of quotes too many around one that looks like a number, is empty or is a word such as 'true'.
    private async Task WriteAsync(ManifestPublishingContext context)
    {
        var arguments = await ArgumentsAsync(context.ExecutionContext, context.CancellationToken);
        var variables = EnvironmentVariables.Of(await EnvironmentVariables.ReadAsync(_resource, context.ExecutionContext, context.CancellationToken));

        BicepModule.Write(context, Publish is JobAnnotation ? BicepModule.Job : BicepModule.App);
        context.Writer.WriteStartObject("params");
        WriteParameter("name", _resource.Name.ToLowerInvariant());
        WriteParameter("image", Image);
        WriteParameter("settings", ManifestJson.Object([.. Settings(), .. arguments]));
        WriteParameter("env", variables.Plain);
        WriteParameter("secrets", variables.Secret);
        if (Publish is AppAnnotation)
            WriteParameter("environmentDomain", Output("AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN"));
        WriteParameter("environmentId", Output("AZURE_CONTAINER_APPS_ENVIRONMENT_ID"));
        WriteParameter("registryEndpoint", Output("AZURE_CONTAINER_REGISTRY_ENDPOINT"));
        WriteParameter("registryIdentityId", Output("AZURE_CONTAINER_REGISTRY_MANAGED_IDENTITY_ID"));
        context.Writer.WriteEndObject();

        void WriteParameter(string name, string value) => context.Writer.WriteString(name, value);
    }

    private KafkaLagAnnotation? Lag => _resource.Annotations.OfType<KafkaLagAnnotation>().LastOrDefault();

    private string Image => _resource is ContainerResource && !_resource.Annotations.OfType<DockerfileBuildAnnotation>().Any() && _resource.TryGetContainerImageName(out var name)
        ? name
        : $"{{{_resource.Name}.containerImage}}";

    private string Output(string name) => $"{{{_environment.Name}.outputs.{name}}}";

    private IEnumerable<KeyValuePair<string, string>> Settings()
    {
        var publish = Publish;
        yield return new("cpu", ManifestJson.Text(publish.Size.Cpu));
        yield return new("memory", ManifestJson.Text(publish.Size.Memory));
        switch (publish)
        {
            case AppAnnotation app:
                yield return new("minReplicas", ManifestJson.Text(app.Replicas));
                yield return new("maxReplicas", ManifestJson.Text(Lag?.MaxReplicas ?? (object)app.Replicas));
                yield return new("terminationGracePeriodSeconds", ManifestJson.Text(app.TerminationGracePeriodSeconds));
                if (Ingress.Describe(_resource, app.ProbePath) is { } ingress)
                    yield return new("ingress", ingress);
                yield return new("volumes", Volumes.Describe(_resource));
                if (Lag is { } lag)
                    yield return new("kafkaLag", KafkaLag.Describe(lag));
                break;
            case JobAnnotation job:
                if (_resource.Annotations.OfType<ContainerMountAnnotation>().Any())
                    throw new ConfigurationException($"{_resource.Name}: it has a volume, and a job in Azure Container Apps has none here. Publish it as an app.");
                if (job.Cron is not null)
                    yield return new("cron", ManifestJson.Text(job.Cron));
                yield return new("timeoutSeconds", ManifestJson.Text(job.TimeoutSeconds));
                yield return new("retries", ManifestJson.Text(job.Retries));
                break;
        }
    }

    private async Task<List<KeyValuePair<string, string>>> ArgumentsAsync(DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> members = [];
        if (_resource is ContainerResource { Entrypoint: { } entrypoint })
            members.Add(new("command", ManifestJson.Array([ManifestJson.Text(entrypoint)])));

        List<object> arguments = [];
        var callback = new CommandLineArgsCallbackContext(arguments, _resource, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in _resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await annotation.Callback(callback);

        // Whoever may look at the app sees them.
        if (arguments.Any(EnvironmentVariables.IsSecret))
            throw new ConfigurationException($"{_resource.Name}: an argument of its command line is a secret. Use an environment variable.");
        if (arguments.Count > 0)
            members.Add(new("args", ManifestJson.Array(arguments.Select(ManifestJson.Text))));
        return members;
    }
}
