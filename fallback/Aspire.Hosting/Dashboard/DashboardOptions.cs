using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard is, and what opens it. Anything can be set in the configuration, under the official names.</summary>
internal sealed record DashboardOptions(string FrontendUrl, string OtlpGrpcUrl, string OtlpHttpUrl, string BrowserToken, string OtlpApiKey)
{
    private const int SecretBytes = 16;

    public string LoginUrl => $"{FrontendUrl}/login?t={BrowserToken}";

    public static DashboardOptions From(IConfiguration configuration) => new(
        configuration["ASPIRE_DASHBOARD_FRONTEND_URL"] ?? Loopback(),
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? Loopback(),
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? Loopback(),
        configuration["AppHost:BrowserToken"] ?? NewSecret(),
        configuration["AppHost:OtlpApiKey"] ?? NewSecret());

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string Loopback() => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Next()}");
}
