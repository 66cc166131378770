namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is mounted into a container.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the host.</summary>
    BindMount,

    /// <summary>A volume.</summary>
    Volume,
}
