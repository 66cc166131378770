using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using Checks = Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>Puts what is known about a resource into the dashboard's words.</summary>
internal sealed class ResourceMessages(SecretValues secrets)
{
    public Protocol.Resource From(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Protocol.Resource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            // The dashboard cannot do without.
            CreatedAt = Time(snapshot.CreationTimeStamp) ?? Timestamp.FromDateTime(DateTime.UnixEpoch),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.State is { } state)
            message.State = state.Text;
        if (snapshot.State?.Style is { } style)
            message.StateStyle = style;
        if (snapshot.IconName is { } icon)
            message.IconName = icon;
        if (snapshot.IconVariant is { } variant)
            message.IconVariant = Variant(variant);
        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(v => new Protocol.EnvironmentVariable { Name = v.Name, Value = secrets.HideIn(v.Name, v.Value) ?? "", IsFromSpec = v.IsFromSpec }));
        message.Urls.AddRange(snapshot.Urls.Select(Url));
        message.Volumes.AddRange(snapshot.Volumes.Select(v => new Protocol.Volume { Source = v.Source ?? "", Target = v.Target, MountType = v.MountType, IsReadOnly = v.IsReadOnly }));
        message.Relationships.AddRange(Relationships(change).Distinct());
        message.HealthReports.AddRange(snapshot.HealthReports.Select(Report));
        message.Commands.AddRange(snapshot.Commands.Where(c => c.Visibility.HasFlag(ResourceCommandVisibility.UI)).Select(Command));
        message.Properties.AddRange(Properties(change).Select(Property));
        return message;
    }

    private static IEnumerable<Protocol.ResourceRelationship> Relationships(ResourceEvent change)
    {
        foreach (var relationship in change.Snapshot.Relationships)
            yield return new() { ResourceName = relationship.ResourceName, Type = relationship.Type };
        if (change.Resource is IResourceWithParent { Parent: var parent })
            yield return new() { ResourceName = parent.Name, Type = KnownRelationshipTypes.Parent };
    }

    private static IEnumerable<ResourcePropertySnapshot> Properties(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        yield return new(KnownProperties.Uid, change.ResourceId);
        yield return new(KnownProperties.Name, change.ResourceId);
        yield return new(KnownProperties.Type, snapshot.ResourceType);
        yield return new(KnownProperties.DisplayName, change.Resource.Name);
        yield return new(KnownProperties.State, snapshot.State?.Text);
        yield return new(KnownProperties.ExitCode, snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return new(KnownProperties.CreateTime, Text(snapshot.CreationTimeStamp));
        yield return new(KnownProperties.StartTime, Text(snapshot.StartTimeStamp));
        yield return new(KnownProperties.StopTime, Text(snapshot.StopTimeStamp));
        yield return new(KnownProperties.HealthState, snapshot.HealthStatus?.ToString());
        // The dashboard finds a parent by the id of its first instance.
        if (ParentOf(change.Resource) is { } parent)
            yield return new(KnownProperties.ParentName, ResourceInstancesAnnotation.IdsOf(parent).FirstOrDefault(parent.Name));
        foreach (var property in snapshot.Properties)
            yield return property;
    }

    private static IResource? ParentOf(IResource resource) => resource is IResourceWithParent { Parent: var parent }
        ? parent
        : resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(r => r.Type == KnownRelationshipTypes.Parent)?.Resource;

    private Protocol.ResourceProperty Property(ResourcePropertySnapshot property)
    {
        var message = new Protocol.ResourceProperty { Name = property.Name, Value = ToValue(property.Value, property.IsSensitive), IsSensitive = property.IsSensitive };
        if (property.DisplayName is { } name)
            message.DisplayName = name;
        if (property.Order is { } order)
            (message.IsHighlighted, message.SortOrder) = (true, order);
        return message;
    }

    private Value ToValue(object? value, bool isSensitive) => value switch
    {
        null => Value.ForNull(),
        bool flag => Value.ForBool(flag),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        // What is marked is covered by the dashboard, and shown to who asks.
        string text => Value.ForString(isSensitive ? text : secrets.Hide(text)),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(t => ToValue(t, isSensitive))]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(n => Value.ForNumber(n))]),
        _ => ToValue(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", isSensitive),
    };

    private static Protocol.Url Url(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private Protocol.HealthReport Report(HealthReportSnapshot report)
    {
        var message = new Protocol.HealthReport
        {
            Key = report.Name,
            Description = secrets.Hide(report.Description) ?? "",
            Exception = secrets.Hide(report.ExceptionText) ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Checks.HealthStatus.Healthy => Protocol.HealthStatus.Healthy,
                Checks.HealthStatus.Degraded => Protocol.HealthStatus.Degraded,
                _ => Protocol.HealthStatus.Unhealthy,
            };
        }
        return message;
    }

    private static Protocol.ResourceCommand Command(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = Variant(command.IconVariant),
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ResourceCommandState.Enabled => Protocol.ResourceCommandState.Enabled,
            ResourceCommandState.Hidden => Protocol.ResourceCommandState.Hidden,
            _ => Protocol.ResourceCommandState.Disabled,
        },
    };

    private static Protocol.IconVariant Variant(IconVariant? variant) => variant == IconVariant.Filled ? Protocol.IconVariant.Filled : Protocol.IconVariant.Regular;

    private static Timestamp? Time(DateTime? time) => time is { } value ? Timestamp.FromDateTime(value.ToUniversalTime()) : null;

    private static string? Text(DateTime? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
