using Microsoft.Extensions.Options;
using MovieFriends.Extensions;

namespace MovieFriends.Producer.Sources;

/// <summary>Opens the source that the options name.</summary>
internal sealed class EventSources(IOptions<ProducerOptions> options, TimeProvider time, ILogger<LineSource> logger)
{
    private bool IsRental => options.Value.Events == ProducerEvents.Rentals;

    /// <exception cref="FatalException">The file cannot be opened.</exception>
    public IEventSource Open()
    {
        var source = options.Value.Source;
        if (source.Equals(ProducerOptions.Generator, StringComparison.OrdinalIgnoreCase))
            return IsRental ? new RentalGenerator(options.Value, time) : new ChargeGenerator(options.Value, time);
        if (source == ProducerOptions.StandardInput)
            return Lines(Console.OpenStandardInput(), "standard input");

        try
        {
            // The line reader has the buffer.
            return Lines(new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FatalException($"{source} cannot be opened: {exception.Message}", exception);
        }
    }

    private LineSource Lines(Stream stream, string name) => IsRental
        ? new RentalLines(stream, name, options.Value.OnMalformed, logger)
        : new ChargeLines(stream, name, options.Value.OnMalformed, logger);
}
