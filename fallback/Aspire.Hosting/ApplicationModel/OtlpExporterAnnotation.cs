namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource sends its telemetry to the dashboard.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>The protocol it insists on, if any.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
