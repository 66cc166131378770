namespace Aspire.Hosting;

/// <summary>The application cannot do what was asked of it.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>An error without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>An error.</summary>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>An error and its cause.</summary>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
