using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Looks on, and takes part, while an AppHost's entry point builds its application: how tests get hold of it.</summary>
internal abstract class BuilderObserver
{
    private static readonly AsyncLocal<BuilderObserver?> s_current = new();

    /// <summary>The observer of what runs on this logical thread.</summary>
    public static BuilderObserver? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public abstract void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings hostOptions);

    public abstract void OnConstructed(DistributedApplicationBuilder builder);

    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    public abstract void OnBuilt(DistributedApplication application);
}
