namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds command-line arguments when the resource starts.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments to a list.</summary>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
        : this(c =>
        {
            callback(c.Args);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>Adds arguments to a context.</summary>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) => Callback = callback;

    /// <summary>What is called.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}
