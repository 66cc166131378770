using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Processes;

/// <summary>Where run records are kept: <c>artifacts/run</c> beside the AppHost's folder, or what <c>AppHost:RunDirectory</c> says.</summary>
internal sealed class RunFolder(IConfiguration configuration)
{
    public string Path { get; } = configuration["AppHost:RunDirectory"]
        ?? System.IO.Path.GetFullPath(System.IO.Path.Combine(configuration["AppHost:Directory"]!, "..", "artifacts", "run"));
}
