namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is a resource name.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false)]
public sealed class ResourceNameAttribute : Attribute, IModelNameParameter;
