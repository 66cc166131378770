namespace Aspire.Hosting;

/// <summary>A parameter or connection string has no value in the configuration.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>An error.</summary>
    public MissingParameterValueException(string message) : base(message)
    {
    }

    /// <summary>An error and its cause.</summary>
    public MissingParameterValueException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
