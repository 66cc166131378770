namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables when the resource starts.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds one variable.</summary>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback) : this(c => c.EnvironmentVariables[name] = callback())
    {
    }

    /// <summary>Adds variables to a dictionary.</summary>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback) : this(c => callback(c.EnvironmentVariables))
    {
    }

    /// <summary>Adds variables to a context.</summary>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
        : this(c =>
        {
            callback(c);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>Adds variables to a context.</summary>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) => Callback = callback;

    /// <summary>What is called.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}
