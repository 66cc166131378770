using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Prepares the machine: looks, decides, installs what npm has, and says what is missing.</summary>
internal sealed class MachineSetup(Checkout checkout, Display display)
{
    private readonly NpmServers npm = new(checkout, display);

    private static string? KafkaHome => Variable("KAFKA_HOME");

    private static string? Neo4jHome => Variable("NEO4J_HOME");

    /// <summary>Does nothing, and says nothing, if everything is there already.</summary>
    /// <exception cref="CommandException">Something is missing, or could not be installed.</exception>
    public async Task EnsureAsync(SetupRequest request, CancellationToken cancellationToken)
    {
        CheckHome("KAFKA_HOME", KafkaHome, "libs");
        CheckHome("NEO4J_HOME", Neo4jHome, "lib");

        var remembered = request.Again ? null : SetupState.Load(checkout);

        // An engine is started and stopped any day.
        var findings = remembered is null ? await LookAsync(cancellationToken) : remembered with { ContainerRuntime = await ContainerRuntime.FindAsync(cancellationToken) };
        var plan = SetupPlan.Decide(request, findings, KafkaHome, Neo4jHome);
        if (plan.Missing.Count > 0 && remembered is not null)
        {
            // What was missing may have been installed meanwhile.
            (remembered, findings) = (null, await LookAsync(cancellationToken));
            plan = SetupPlan.Decide(request, findings, KafkaHome, Neo4jHome);
        }

        if (plan.Missing.Count > 0)
            throw new CommandException(string.Join(Environment.NewLine, plan.Missing));

        var install = plan.NpmServers && findings.Npm is not null && !npm.AreInstalled;
        if (install)
            await npm.InstallAsync(findings.Npm!, cancellationToken);

        SetupState.Save(checkout, findings);
        if (remembered is null || install)
            Show(plan, findings);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void CheckHome(string variable, string? home, string jars)
    {
        if (home is not null && !Directory.Exists(Path.Combine(home, jars)))
            throw new CommandException($"{variable} is '{home}', which has no folder '{jars}': set it to an unpacked server, or unset it.", CommandException.Refused);
    }

    private async Task<Findings> LookAsync(CancellationToken cancellationToken) => new(
        await Java.FindAsync(cancellationToken),
        await ContainerRuntime.FindAsync(cancellationToken),
        ExecutablePath.Find("npm"),
        await new PackageProbe(checkout, display).ProbeAsync(cancellationToken));

    private void Show(SetupPlan plan, Findings findings)
    {
        var local = plan.Servers == ServerMode.Local;
        display.Table(
            ("Official packages", findings.MissingPackages is [] ? "all" : "all but " + string.Join(", ", findings.MissingPackages), findings.MissingPackages is [] ? "build" : "build, with own replacements"),
            (ContainerRuntime.Name, findings.ContainerRuntime ?? "does not answer", plan.Servers == ServerMode.Containers ? "Kafka, Neo4j" : "-"),
            ("Java", findings.Java is { } java ? $"{java.Version} ({java.Path})" : "no", local ? "Kafka, Neo4j" : "-"),
            ("npm", findings.Npm ?? "no", plan.NpmServers ? "Kafka, Neo4j" : "-"),
            ("Kafka", ServerSource(plan, KafkaHome, "0.9.0.1 from npm"), plan.Servers.ToString()),
            ("Neo4j", ServerSource(plan, Neo4jHome, "3.1.1 from npm"), plan.Servers.ToString()));
    }

    private static string ServerSource(SetupPlan plan, string? home, string npmVersion) => plan.Servers switch
    {
        ServerMode.Containers => "container image",
        ServerMode.External => "connection string",
        _ => home ?? npmVersion,
    };
}
