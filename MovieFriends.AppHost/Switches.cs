namespace MovieFriends.AppHost;

/// <summary>What the command line turns on; everything else on it is configuration.</summary>
internal sealed class Switches(string[] args)
{
    private const string DemoSwitch = "--demo";
    private const string NoDashboardSwitch = "--no-dashboard";

    /// <summary>One job that ends, and no stream that goes on.</summary>
    public bool Demo { get; } = args.Contains(DemoSwitch);

    public bool NoDashboard { get; } = args.Contains(NoDashboardSwitch);

    // Configuration would take what follows a bare switch for the switch's value.
    public DistributedApplicationOptions Options => new()
    {
        Args = [.. args.Where(arg => arg is not (DemoSwitch or NoDashboardSwitch))],
        DisableDashboard = NoDashboard,
        // Everything listens on the loopback alone: no certificate is made, asked for or trusted.
        TrustDeveloperCertificate = false,
        DeveloperCertificateDefaultHttpsTerminationEnabled = false,
    };
}
