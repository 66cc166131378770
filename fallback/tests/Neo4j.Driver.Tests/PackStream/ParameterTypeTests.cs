namespace Neo4j.Driver.Tests.PackStream;

public sealed class ParameterTypeTests
{
    private enum Colour
    {
        Red,
    }

    private static readonly byte[] s_oneTwoThree = Wire.Hex("93 01 02 03");

    public static TheoryData<object> ListsOfOneTwoThree =>
    [
        new long[] { 1, 2, 3 },
        new[] { 1, 2, 3 },
        new short[] { 1, 2, 3 },
        new object[] { 1L, (short)2, (sbyte)3 },
        new List<long> { 1, 2, 3 },
        new List<int> { 1, 2, 3 },
        new List<object> { 1, 2, 3 },
        new ArraySegment<long>([0, 1, 2, 3, 4], 1, 3),
        new ArraySegment<int>([0, 1, 2, 3, 4], 1, 3),
        (object)Enumerable.Range(1, 3),
        new HashSet<long> { 1, 2, 3 },
    ];

    [Theory]
    [MemberData(nameof(ListsOfOneTwoThree))]
    public void Every_kind_of_list_is_written_alike(object list) => Assert.Equal(s_oneTwoThree, Wire.Encode(list));

    [Fact]
    public void Columns_of_floats_and_strings_are_written_as_their_items_are()
    {
        Assert.Equal(Wire.Encode(new object[] { 1.5, -0.0 }), Wire.Encode(new[] { 1.5, -0.0 }));
        Assert.Equal(Wire.Encode(new object[] { 1.5, -0.0 }), Wire.Encode(new List<double> { 1.5, -0.0 }));
        Assert.Equal(Wire.Encode(new object[] { 1.5 }), Wire.Encode(new ArraySegment<double>([0, 1.5], 1, 1)));
        Assert.Equal(Wire.Encode(new object[] { "a", null, "ß" }), Wire.Encode(new[] { "a", null, "ß" }));
        Assert.Equal(Wire.Encode(new object[] { "a", null, "ß" }), Wire.Encode(new List<string> { "a", null, "ß" }));
        Assert.Equal(Wire.Encode(new object[] { "b" }), Wire.Encode(new ArraySegment<string>(["a", "b"], 1, 1)));
    }

    [Fact]
    public void Numbers_of_other_types_become_integers_and_floats()
    {
        Assert.Equal(Wire.Encode(7L), Wire.Encode((byte)7));
        Assert.Equal(Wire.Encode(-7L), Wire.Encode((sbyte)-7));
        Assert.Equal(Wire.Encode(0.5), Wire.Encode(0.5f));
        Assert.Equal(Wire.Encode(2.5), Wire.Encode(2.5m));
        Assert.Equal(Wire.Encode("x"), Wire.Encode('x'));
    }

    public static TheoryData<object> Unsendable =>
    [
        1u,
        1UL,
        (ushort)1,
        new uint[] { 1 },
        new ulong[] { 1 },
        new[] { Colour.Red },
        new Memory<long>([1]),
        new ReadOnlyMemory<double>([1]),
        Guid.Empty,
        new object(),
    ];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void What_the_official_driver_refuses_is_refused(object value) =>
        Assert.Throws<ProtocolException>(() => Wire.Encode(value));

    public static TheoryData<string, object> Columns => new()
    {
        { "an array", Enumerable.Range(0, 10_000).Select(i => i * 1_000_003L).ToArray() },
        {
            "columns in maps",
            Enumerable.Range(0, 200).Select(_ => new Dictionary<string, object> { ["ids"] = new List<long>(new long[50]), ["times"] = new List<double>(new double[50]) }).ToList()
        },
    };

    [Theory]
    [MemberData(nameof(Columns), DisableDiscoveryEnumeration = true)]
    public void Writing_columns_allocates_nothing(string what, object columns)
    {
        using var writer = new Driver.PackStream.PackStreamWriter(256 * 1024);
        var value = new Driver.PackStream.ValueWriter(writer);
        value.Write(columns);
        writer.Truncate(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        value.Write(columns);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() == before, what);
    }
}
