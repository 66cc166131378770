namespace Aspire.Hosting.Testing;

/// <summary>The builder of an AppHost's entry point, held before it builds so that a test can change things.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the entry point build its application, and hands it out; it is started by the test.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
