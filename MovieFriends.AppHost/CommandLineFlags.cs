namespace MovieFriends.AppHost;

/// <summary>What the command line turns on; everything else on it is configuration.</summary>
internal sealed class CommandLineFlags(string[] args)
{
    private const string DemoFlag = $"--{AppHostSettings.Demo}";
    private const string NoDashboardFlag = $"--{AppHostSettings.NoDashboard}";

    /// <summary>One job that ends, and no stream that goes on.</summary>
    public bool Demo { get; } = args.Contains(DemoFlag);

    public bool NoDashboard { get; } = args.Contains(NoDashboardFlag);

    // Configuration would take what follows a bare flag for the value of that flag.
    public DistributedApplicationOptions Options => new()
    {
        Args = [.. args.Where(arg => arg is not (DemoFlag or NoDashboardFlag))],
        DisableDashboard = NoDashboard,
        // Everything listens on the loopback alone: no certificate is made, asked for or trusted.
        TrustDeveloperCertificate = false,
        DeveloperCertificateDefaultHttpsTerminationEnabled = false,
    };
}
