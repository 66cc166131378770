using CsCheck;

namespace Neo4j.Driver.Tests.PackStream;

public sealed class RoundTripTests
{
    private static readonly Gen<object> s_scalar = Gen.OneOf<object>(
        Gen.Long.Select(value => (object)value),
        Gen.Long[-70_000, 70_000].Select(value => (object)value),
        Gen.Double.Where(value => !double.IsNaN(value)).Select(value => (object)value),
        Gen.Bool.Select(value => (object)value),
        Gen.String.Where(HasNoLoneSurrogate).Select(value => (object)value),
        Gen.Byte.Array[0, 300].Select(value => (object)value),
        Gen.Const((object)null));

    private static readonly Gen<object> s_value = Gen.OneOf(
        s_scalar,
        s_scalar.List[0, 40].Select(list => (object)list),
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 0, 30], s_scalar)[0, 40].Select(map => (object)map),
        s_scalar.List[0, 5].List[0, 5].Select(lists => (object)lists.Cast<object>().ToList()));

    [Fact]
    public void What_is_written_is_read_again() =>
        s_value.Sample(value => Assert.Equal(value, Wire.Decode(Wire.Encode(value))), iter: 2_000);

    [Fact]
    public void Columns_are_written_like_lists_of_objects()
    {
        Gen.Long.Array[0, 400].Sample(column =>
            Assert.Equal(Wire.Encode(column.Cast<object>().ToList()), Wire.Encode(column)), iter: 500);
        Gen.Int.Array[0, 400].Sample(column =>
            Assert.Equal(Wire.Encode(column.Cast<object>().ToList()), Wire.Encode(column)), iter: 500);
        Gen.Double.Array[0, 400].Sample(column =>
            Assert.Equal(Wire.Encode(column.Cast<object>().ToList()), Wire.Encode(column)), iter: 500);
        Gen.String.Array[0, 60].Sample(column =>
            Assert.Equal(Wire.Encode(column.Cast<object>().ToList()), Wire.Encode(column)), iter: 500);
    }

    [Fact]
    public void A_value_that_is_cut_short_is_an_error_and_nothing_worse() =>
        Gen.Select(s_value, Gen.Double[0, 1]).Sample((value, fraction) =>
        {
            var bytes = Wire.Encode(value);
            var cut = bytes[..(int)(bytes.Length * fraction)];
            if (cut.Length < bytes.Length)
            {
                Assert.Throws<ProtocolException>(() => Wire.Decode(cut));
            }
        }, iter: 1_000);

    [Fact]
    public void Arbitrary_bytes_are_a_value_or_an_error() => Gen.Byte.Array[1, 60].Sample(bytes =>
    {
        try
        {
            new Driver.PackStream.PackStreamReader(bytes).Read();
        }
        catch (ProtocolException)
        {
            // Refused, as it should be.
        }
    }, iter: 20_000);

    private static bool HasNoLoneSurrogate(string text) => !text.Any(char.IsSurrogate);
}
