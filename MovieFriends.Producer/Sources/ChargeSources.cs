using Microsoft.Extensions.Options;
using MovieFriends.Extensions;

namespace MovieFriends.Producer.Sources;

/// <summary>Opens the source that the options name.</summary>
internal sealed class ChargeSources(IOptions<ProducerOptions> options, TimeProvider time, ILogger<CsvSource> logger)
{
    /// <exception cref="FatalException">The file cannot be opened.</exception>
    public IChargeSource Open()
    {
        var source = options.Value.Source;
        if (source.Equals(ProducerOptions.Generator, StringComparison.OrdinalIgnoreCase))
            return new GeneratorSource(options.Value, time);
        if (source == ProducerOptions.StandardInput)
            return new CsvSource(Console.OpenStandardInput(), "standard input", options.Value.OnMalformed, logger);

        try
        {
            // The line reader has the buffer.
            return new CsvSource(new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), source, options.Value.OnMalformed, logger);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FatalException($"{source} cannot be opened: {exception.Message}", exception);
        }
    }
}
