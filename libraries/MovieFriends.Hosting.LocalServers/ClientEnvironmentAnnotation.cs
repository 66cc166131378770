namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a client of this server has to be told besides its address.</summary>
/// <param name="Name">The name of an environment variable.</param>
/// <param name="Value">Its value: a text, or something that gives one when the application runs.</param>
public sealed record ClientEnvironmentAnnotation(string Name, object Value) : IResourceAnnotation;
