using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MovieFriends.Contracts.Rentals;

/// <summary>The JSON of a rental: <c>{"userId":1000017,"movieId":4711,"at":1484179200.25}</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Rental))]
public sealed partial class RentalJson : JsonSerializerContext
{
    /// <summary>The most bytes that <see cref="Write"/> needs.</summary>
    public const int MaxEncodedLength = 128;

    /// <summary>The most bytes that a line of a file with rentals may have.</summary>
    public const int MaxAcceptedLength = 4_096;

    /// <summary>Writes a rental's JSON.</summary>
    /// <param name="rental">The user, the movie and the event time in seconds since 1970-01-01 UTC.</param>
    /// <param name="destination">At least <see cref="MaxEncodedLength"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    public static int Write(in (long UserId, long MovieId, double At) rental, Span<byte> destination)
    {
        Utf8.TryWrite(
            destination, CultureInfo.InvariantCulture, $"{{\"userId\":{rental.UserId},\"movieId\":{rental.MovieId},\"at\":{rental.At}}}", out var length);
        return length;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="error">What is wrong with it, if it is no rental.</param>
    /// <returns>The rental; null if it is none.</returns>
    public static Rental? Read(ReadOnlySpan<byte> value, out string error)
    {
        try
        {
            var rental = JsonSerializer.Deserialize(value, Default.Rental);
            error = rental is null ? "It is null, not a rental." : "";
            _ = rental?.GetTime();
            return rental;
        }
        catch (JsonException exception)
        {
            error = $"It is not the JSON of a rental: {exception.Message.ReplaceLineEndings(" ")}";
        }
        catch (ArgumentException)
        {
            error = "Its time is not one of the years 1 to 9999.";
        }

        return null;
    }
}
