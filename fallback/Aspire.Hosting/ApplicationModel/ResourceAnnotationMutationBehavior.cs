namespace Aspire.Hosting.ApplicationModel;

/// <summary>What happens to annotations of the same type that are there already.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>They stay.</summary>
    Append,

    /// <summary>They make room for the new one.</summary>
    Replace,
}
