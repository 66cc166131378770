namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set once it is known, and awaited until then.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class ValueSnapshot<T>
    where T : notnull
{
    private readonly TaskCompletionSource<T> _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the value is known.</summary>
    public bool IsValueSet => _set.Task.IsCompletedSuccessfully;

    /// <summary>The value; waits until it is set.</summary>
    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => _set.Task.WaitAsync(cancellationToken);

    /// <summary>Sets the value; the first call counts.</summary>
    public void SetValue(T value) => _set.TrySetResult(value);

    /// <summary>Says that there will be no value.</summary>
    public void SetException(Exception exception) => _set.TrySetException(exception);
}
