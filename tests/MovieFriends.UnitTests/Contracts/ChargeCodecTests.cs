using System.Globalization;
using System.Text;
using CsCheck;
using MovieFriends.Contracts.Charges;
using Xunit;

namespace MovieFriends.UnitTests.Contracts;

public sealed class ChargeCodecTests
{
    private static readonly Gen<Charge> s_charges = Gen.Select(
        Gen.Long[ChargeId.MinUserId, ChargeId.MaxUserId],
        Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Int[0, 4999].Select(cents => cents / 100.0)),
        Gen.Double[0, ChargeCodec.EndOfTime - 1],
        (user, amount, seconds) => new Charge(user, amount, seconds));

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit() => s_charges.Sample(charge =>
    {
        Span<byte> buffer = stackalloc byte[ChargeCodec.MaxEncodedLength];
        var length = ChargeCodec.Write(charge, buffer);
        return ChargeCodec.Parse(buffer[..length], out var read) == ChargeFormatError.None
            && read.UserId == charge.UserId
            && BitConverter.DoubleToInt64Bits(read.Amount) == BitConverter.DoubleToInt64Bits(charge.Amount)
            && BitConverter.DoubleToInt64Bits(read.EpochSeconds) == BitConverter.DoubleToInt64Bits(charge.EpochSeconds);
    });

    [Fact]
    public void Numbers_are_written_as_net_writes_them() => Gen
        .OneOf(
            Gen.Long[0, 5_000_000_000_000_000].Select(millionths => millionths / 1e6),
            Gen.Long[0, 100_000_000].Select(millionths => millionths / 1e6),
            Gen.Int[0, 1_000].Select(millionths => millionths / 1e6),
            Gen.Int[0, 4_999].Select(cents => cents / 100.0),
            Gen.Select(Gen.Long[0, 5_000_000_000_000_000], Gen.Int[-2, 2], (millionths, ulps) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits((millionths + 1) / 1e6) + ulps)),
            Gen.Double[0, ChargeCodec.EndOfTime - 1])
        .Sample(
            number =>
            {
                Span<byte> buffer = stackalloc byte[ChargeCodec.MaxEncodedLength];
                var written = Encoding.UTF8.GetString(buffer[..ChargeCodec.Write(new Charge(1, -number, number), buffer)]);
                return written == string.Create(CultureInfo.InvariantCulture, $"1,{-number},{number}");
            },
            iter: 100_000);

    [Fact]
    public void Any_bytes_are_a_charge_or_a_reason_and_never_an_exception() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var error = ChargeCodec.Parse(bytes, out var charge);
        return error == ChargeFormatError.None ? charge.UserId >= ChargeId.MinUserId : error.Describe().Length > 0;
    });

    [Fact]
    public void A_charge_with_a_byte_put_in_that_no_number_has_is_malformed() => Gen
        .Select(s_charges, Gen.Byte.Where(b => !"0123456789+-.eE"u8.Contains(b)), Gen.Int[0, ChargeCodec.MaxEncodedLength])
        .Sample((charge, stranger, place) =>
        {
            Span<byte> buffer = stackalloc byte[ChargeCodec.MaxEncodedLength + 1];
            var length = ChargeCodec.Write(charge, buffer);
            place = Math.Min(place, length);
            buffer[place..length].CopyTo(buffer[(place + 1)..]);
            buffer[place] = stranger;
            return ChargeCodec.Parse(buffer[..(length + 1)], out _) != ChargeFormatError.None;
        });

    [Fact]
    public void The_example_of_the_contract_is_read()
    {
        Assert.Equal(ChargeFormatError.None, Parse("1000000,5.84,1484261697.689981", out var charge));
        Assert.Equal(new Charge(1_000_000, 5.84, 1484261697.689981), charge);
        Assert.Equal(100_000_020_170_112, charge.ChargeId);
    }

    [Theory]
    [InlineData("", ChargeFormatError.Empty)]
    [InlineData("1000000,5.84", ChargeFormatError.FieldCount)]
    [InlineData("1000000,5.84,1,2", ChargeFormatError.FieldCount)]
    [InlineData("0,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("-1,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("+1,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("1.5,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData(",5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData(" 1,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("92233720368,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("99999999999999999999999,5.84,1484261697", ChargeFormatError.UserId)]
    [InlineData("1,,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,NaN,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,Infinity,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,1e999,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,5.84 ,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,5.84,-1", ChargeFormatError.Time)]
    [InlineData("1,5.84,253402300800", ChargeFormatError.Time)]
    [InlineData("1,5.84,NaN", ChargeFormatError.Time)]
    [InlineData("1,5.84,", ChargeFormatError.Time)]
    [InlineData("1,5.84,1484261697\n", ChargeFormatError.Time)]
    [InlineData("1,5.84\0,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,5.84,1484261697\0\0", ChargeFormatError.Time)]
    [InlineData("1,1_000,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,0x10,1484261697", ChargeFormatError.Amount)]
    [InlineData("1,\u0663,1484261697", ChargeFormatError.Amount)]
    [InlineData("\u0663,5.84,1484261697", ChargeFormatError.UserId)]
    public void Malformed_values_are_named(string value, ChargeFormatError expected) =>
        Assert.Equal(expected, Parse(value, out _));

    [Fact]
    public void A_value_beyond_the_size_limit_is_not_looked_at() =>
        Assert.Equal(ChargeFormatError.TooLong, Parse("1,5.84,1" + new string('0', ChargeCodec.MaxAcceptedLength), out _));

    [Fact]
    public void The_last_user_and_the_last_second_of_the_contract_fit()
    {
        Assert.Equal(ChargeFormatError.None, Parse("92233720367,5.84,253402300799.999", out var charge));
        Assert.Equal(9_223_372_036_799_991_231, charge.ChargeId);
    }

    [Fact]
    public void Numbers_are_read_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(ChargeFormatError.None, Parse("1,5.84,1484261697.5", out var charge));
            Assert.Equal(5.84, charge.Amount);

            Span<byte> buffer = stackalloc byte[ChargeCodec.MaxEncodedLength];
            Assert.Equal("1,5.84,1484261697.5", Encoding.UTF8.GetString(buffer[..ChargeCodec.Write(charge, buffer)]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Neither_direction_allocates()
    {
        var value = "1000000,5.84,1484261697.689981"u8.ToArray();
        var buffer = new byte[ChargeCodec.MaxEncodedLength];
        RoundTrip(value, buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            RoundTrip(value, buffer);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_buffer_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => ChargeCodec.Write(new Charge(1_000_000, 5.84, 1484261697), new byte[12]));

    private static void RoundTrip(byte[] value, byte[] buffer)
    {
        ChargeCodec.Parse(value, out var charge);
        ChargeCodec.Write(charge, buffer);
    }

    private static ChargeFormatError Parse(string value, out Charge charge) => ChargeCodec.Parse(Encoding.UTF8.GetBytes(value), out charge);
}
