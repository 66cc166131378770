namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is an endpoint name.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter;
