using System.Reflection;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>An interface of the driver, which has more members than anybody wants to write down.</summary>
#pragma warning disable CA1852 // The proxy is of a type that is made of this one.
internal class Scripted<T> : DispatchProxy
#pragma warning restore CA1852
    where T : class
{
    private Func<string, Task>? _call;
    private Action? _disposed;

    public static T As(Func<string, Task> call, Action disposed)
    {
        var proxy = Create<T, Scripted<T>>();
        var scripted = (Scripted<T>)(object)proxy;
        (scripted._call, scripted._disposed) = (call, disposed);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IAsyncDisposable.DisposeAsync))
            return _call!(targetMethod.Name);

        _disposed!();
        return ValueTask.CompletedTask;
    }
}
