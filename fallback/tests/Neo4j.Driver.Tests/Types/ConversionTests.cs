namespace Neo4j.Driver.Tests.Types;

public sealed class ConversionTests
{
    [Fact]
    public void Numbers_convert_among_each_other()
    {
        Assert.Equal(7, ((object)7L).As<int>());
        Assert.Equal(7.0, ((object)7L).As<double>());
        Assert.Equal(7L, ((object)7.0).As<long>());
        Assert.Equal((int?)7, ((object)7L).As<int?>());
        Assert.Equal("7", ((object)7L).As<string>());
        Assert.Equal(1.5, ((object)"1.5").As<double>());
        Assert.Throws<OverflowException>(() => ((object)long.MaxValue).As<int>());
    }

    [Fact]
    public void Null_is_null_where_the_type_has_one()
    {
        Assert.Null(((object)null).As<string>());
        Assert.Null(((object)null).As<long?>());
        Assert.Equal(5, ((object)null).As(5));
        Assert.Throws<InvalidCastException>(() => ((object)null).As<long>());
    }

    [Fact]
    public void Lists_and_maps_convert_item_by_item()
    {
        object list = new List<object> { 1L, 2L };
        Assert.Equal([1, 2], list.As<List<int>>());
        Assert.Equal(["1", "2"], list.As<List<string>>());
        object map = new Dictionary<string, object> { ["a"] = 1L };
        Assert.Equal(1, map.As<Dictionary<string, int>>()["a"]);
        object nested = new List<object> { new List<object> { 1L } };
        Assert.Equal([[1]], nested.As<List<List<int>>>());
        Assert.Throws<InvalidCastException>(() => list.As<Uri>());
    }

    [Fact]
    public void Parameters_are_the_properties_of_an_object()
    {
        var column = new[] { 1L, 2L };
        var query = new Query("RETURN $a", new { a = 1, column, people = new[] { new { Name = "x" } }, map = new Dictionary<string, int> { ["k"] = 1 } });
        Assert.Equal(1, query.Parameters["a"]);
        Assert.Same(column, query.Parameters["column"]);
        Assert.Equal("x", ((Dictionary<string, object>)((List<object>)query.Parameters["people"])[0])["Name"]);
        Assert.Equal(1, ((Dictionary<string, object>)query.Parameters["map"])["k"]);
        Assert.Empty(new Query("RETURN 1").Parameters);
        Assert.Throws<InvalidOperationException>(() => new Query("RETURN $m", new { m = new Dictionary<int, int> { [1] = 1 } }));
    }
}
