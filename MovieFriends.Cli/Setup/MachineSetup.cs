using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Prepares the machine: looks, decides, installs what npm has, and says what is missing.</summary>
internal sealed class MachineSetup(Checkout checkout, Display display)
{
    private readonly NpmInstaller _npm = new(checkout, display);

    private static string? KafkaFolder => Variable(KafkaHome.Variable);

    private static string? Neo4jFolder => Variable(Neo4jHome.Variable);

    private static string Runtime => ContainerRuntime.NameFrom(Environment.GetEnvironmentVariable);

    /// <summary>Does nothing, and says nothing, if everything is there already.</summary>
    /// <exception cref="CommandException">Something is missing, or could not be installed.</exception>
    /// <exception cref="MachineException">A home of local servers is none, or too old.</exception>
    public async Task EnsureAsync(SetupRequest request, CancellationToken cancellationToken)
    {
        var remembered = request.Again ? null : SetupState.Load(checkout);

        // An engine is started and stopped any day.
        var probe = remembered is null ? await LookAsync(cancellationToken) : remembered with { ContainerRuntime = ContainerRuntime.Find(Runtime) };
        var plan = SetupPlan.Decide(request, probe, KafkaFolder, Neo4jFolder);
        if (plan.Servers == ServerMode.Local)
            CheckHomes();
        if (plan.Missing.Count > 0 && remembered is not null)
        {
            // What was missing may have been installed meanwhile.
            (remembered, probe) = (null, await LookAsync(cancellationToken));
            plan = SetupPlan.Decide(request, probe, KafkaFolder, Neo4jFolder);
        }

        if (plan.Missing.Count > 0)
            throw new CommandException(string.Join(Environment.NewLine, plan.Missing));

        var install = plan.NpmServers && probe.Npm is not null && !_npm.AreInstalled;
        if (install)
            await _npm.InstallAsync(probe.Npm!, cancellationToken);

        SetupState.Save(checkout, probe);
        if (remembered is null || install)
            Show(plan, probe);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void CheckHomes()
    {
        if (KafkaFolder is { } kafka)
            KafkaHome.At(kafka);
        if (Neo4jFolder is { } neo4j)
            Neo4jHome.At(neo4j);
    }

    private async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        var (java, problem) = LookForJava();
        return new(java, ContainerRuntime.Find(Runtime), ExecutablePath.Find("npm"), await new PackageProbe(checkout, display).ProbeAsync(cancellationToken), problem);
    }

    // Whether one is needed at all is decided later.
    private static (JavaRuntime? Java, string? Problem) LookForJava()
    {
        try
        {
            return (JavaRuntime.Find(Environment.GetEnvironmentVariable), null);
        }
        catch (MachineException missing)
        {
            return (null, missing.Message);
        }
    }

    private void Show(SetupPlan plan, ProbeResult probe)
    {
        var local = plan.Servers == ServerMode.Local;
        display.Table(
            ("Official packages", probe.MissingPackages is [] ? "all" : "all but " + string.Join(", ", probe.MissingPackages), probe.MissingPackages is [] ? "build" : "build, with own replacements"),
            (Runtime, probe.ContainerRuntime ?? "does not answer", plan.Servers == ServerMode.Containers ? "Kafka, Neo4j" : "-"),
            ("Java", probe.Java is { } java ? $"{java.Version} ({java.Path})" : "no", local ? "Kafka, Neo4j" : "-"),
            ("npm", probe.Npm ?? "no", plan.NpmServers ? "Kafka, Neo4j" : "-"),
            ("Kafka", ServerSource(plan, KafkaFolder, NpmServers.KafkaVersion), plan.Servers.ToString()),
            ("Neo4j", ServerSource(plan, Neo4jFolder, NpmServers.Neo4jVersion), plan.Servers.ToString()));
    }

    private static string ServerSource(SetupPlan plan, string? home, string npmVersion) => plan.Servers switch
    {
        ServerMode.Containers => "container image",
        ServerMode.External => "connection string",
        _ => home ?? $"{npmVersion} from npm",
    };
}
