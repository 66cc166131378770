namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application is made of: a project, a server, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique in the application, compared without regard to case.</summary>
    string Name { get; }

    /// <summary>What is known about the resource; the model is nothing but names and annotations.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
