using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MovieFriends.Contracts.Charges;

/// <summary>
/// The wire format of a charge: UTF-8 <c>userId,amount,epochSeconds</c>, for example
/// <c>1000000,5.84,1484261697.689981</c>. Culture-invariant; neither direction allocates.
/// </summary>
public static class ChargeCodec
{
    /// <summary>No charge is longer than this when written by <see cref="Write"/>, in bytes.</summary>
    public const int MaxEncodedLength = 11 + 1 + 24 + 1 + 24;

    /// <summary>Longer values are malformed without being looked at, in bytes.</summary>
    public const int MaxAcceptedLength = 256;

    /// <summary>The first second past the last one a charge may carry: the start of the year 10000.</summary>
    public const double EndOfTime = 253_402_300_800;

    private const byte Separator = (byte)',';

    // Between these a double is closer to its millionths than to any shorter decimal, and is not written with an exponent.
    private const double MinMillionths = 1e-4;
    private const double MaxMillionths = 1L << 32;
    private const ulong Million = 1_000_000;

    /// <summary>Reads a message value.</summary>
    /// <param name="value">The bytes of the value.</param>
    /// <param name="charge">The charge, if the answer is <see cref="ChargeFormatError.None"/>.</param>
    /// <returns>What is wrong with the value, or <see cref="ChargeFormatError.None"/>.</returns>
    public static ChargeFormatError Parse(ReadOnlySpan<byte> value, out Charge charge)
    {
        charge = default;
        if (value.IsEmpty)
            return ChargeFormatError.Empty;
        if (value.Length > MaxAcceptedLength)
            return ChargeFormatError.TooLong;

        var first = value.IndexOf(Separator);
        var second = first < 0 ? -1 : value[(first + 1)..].IndexOf(Separator);
        if (second < 0 || value[(first + second + 2)..].Contains(Separator))
            return ChargeFormatError.FieldCount;

        if (!TryParseUserId(value[..first], out var userId))
            return ChargeFormatError.UserId;
        if (!TryParseNumber(value.Slice(first + 1, second), out var amount))
            return ChargeFormatError.Amount;
        if (!TryParseNumber(value[(first + second + 2)..], out var seconds) || seconds is < 0 or >= EndOfTime)
            return ChargeFormatError.Time;

        charge = new Charge(userId, amount, seconds);
        return ChargeFormatError.None;
    }

    /// <summary>Writes a message value; reading it back gives the same charge, bit for bit.</summary>
    /// <param name="charge">A charge within the contract's ranges.</param>
    /// <param name="destination">At least <see cref="MaxEncodedLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Write(in Charge charge, Span<byte> destination)
    {
        if (!charge.UserId.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture)
            || !TryAppend(charge.Amount, destination, ref written)
            || !TryAppend(charge.EpochSeconds, destination, ref written))
        {
            throw new ArgumentException($"A charge needs up to {MaxEncodedLength} bytes.", nameof(destination));
        }

        return written;
    }

    private static bool TryAppend(double number, Span<byte> destination, ref int written)
    {
        if (written >= destination.Length)
            return false;

        destination[written++] = Separator;
        if (!TryFormatMillionths(number, destination[written..], out var length) && !TryFormatAny(number, destination[written..], out length))
            return false;

        written += length;
        return true;
    }

    // Inlined, what this needs on the stack would be cleared for every number.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFormatAny(double number, Span<byte> destination, out int length) =>
        number.TryFormat(destination, out length, default, CultureInfo.InvariantCulture);

    // Cents and microseconds, as nearly all charges have them: the same characters as of any double, in a third of the time.
    private static bool TryFormatMillionths(double number, Span<byte> destination, out int length)
    {
        length = 0;
        if (number is not (>= MinMillionths and < MaxMillionths))
            return false;

        var millionths = (ulong)Math.Round(number * Million);
        if ((double)millionths / Million != number)
            return false;

        var (whole, fraction) = Math.DivRem(millionths, Million);
        if (!whole.TryFormat(destination, out length, default, CultureInfo.InvariantCulture) || destination.Length - length < 7)
            return false;
        if (fraction == 0)
            return true;

        destination[length++] = (byte)'.';
        do
        {
            fraction *= 10;
            var digit = fraction / Million;
            destination[length++] = (byte)('0' + digit);
            fraction -= digit * Million;
        }
        while (fraction > 0);
        return true;
    }

    private static bool TryParseUserId(ReadOnlySpan<byte> field, out long userId)
    {
        userId = 0;
        return !field.IsEmpty
            && char.IsAsciiDigit((char)field[0]) // The parser itself would take a sign.
            && Utf8Parser.TryParse(field, out userId, out var consumed)
            && consumed == field.Length
            && userId is >= ChargeId.MinUserId and <= ChargeId.MaxUserId;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> field, out double number) =>
        double.TryParse(
            field,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out number)
        && double.IsFinite(number)
        && field[^1] != 0; // The parser passes over zero bytes at the end.
}
