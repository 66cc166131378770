namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks parameters that carry the name of something in the model.</summary>
public interface IModelNameParameter;
