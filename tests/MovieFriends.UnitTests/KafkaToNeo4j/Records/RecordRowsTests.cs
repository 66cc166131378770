using System.Text;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Records;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j.Records;

public sealed partial class RecordRowsTests
{
    private readonly RecordSettings<Rental> _settings = new("kafka", "graph", "rentals", "UNWIND $rows AS r MERGE (:Rental {id: r.id})");

    internal enum Medium
    {
        Disc,
        Stream,
    }

    internal sealed record Rental(long UserId, string Movie, decimal? Price = null, Medium Medium = Medium.Disc, Place? Place = null, int[]? Parts = null);

    internal sealed record Place(string City, float Distance);

    [JsonSerializable(typeof(Rental))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    internal sealed partial class RentalJson : JsonSerializerContext;

    [Fact]
    public void A_row_has_the_records_properties_as_values_that_the_database_knows()
    {
        var row = Assert.Single(Fill("""{"userId": 7, "movie": "Heat", "price": 2.5, "medium": 1, "place": {"city": "Bern", "distance": 1.5}, "parts": [1, 2]}""").ToWrite);

        Assert.Equal(["userId", "movie", "price", "medium", "place", "parts"], row.Keys);
        Assert.Equal([7L, "Heat", 2.5, "Stream"], [row["userId"], row["movie"], row["price"], row["medium"]]);
        Assert.Equal(["Bern", 1.5], ((Dictionary<string, object?>)row["place"]!).Values);
        Assert.Equal([1L, 2L], (List<object?>)row["parts"]!);
    }

    [Fact]
    public void What_is_not_there_is_null() => Assert.Null(Assert.Single(Fill("""{"userId": 7, "movie": "Heat"}""").ToWrite)["price"]);

    [Fact]
    public void What_was_generated_at_build_time_reads_the_same()
    {
        _settings.Json = RentalJson.Default.Rental;

        Assert.Equal("Heat", Assert.Single(Fill("""{"userId": 7, "movie": "Heat"}""").ToWrite)["movie"]);
    }

    [Theory]
    [InlineData("", "is not the JSON of a Rental")]
    [InlineData("rubbish", "is not the JSON of a Rental")]
    [InlineData("null", "is null")]
    [InlineData("[]", "is not the JSON of a Rental")]
    [InlineData("{\"movie\": \"Heat\"}", "userId")]
    [InlineData("{\"userId\": 7, \"movie\": null}", "movie")]
    [InlineData("{\"userId\": \"seven\", \"movie\": \"Heat\"}", "$.userId")]
    public void A_message_that_is_no_record_says_why_in_one_line(string value, string reason)
    {
        var result = new RecordRows<Rental>(new(_settings, "rentals")).Add(Message(0, "k", value));

        Assert.Equal(-1, result.Row);
        Assert.Contains(reason, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', result.Error!);
    }

    [Fact]
    public void A_format_of_its_own_says_what_it_cannot_read()
    {
        _settings.Deserializer = new Refusing();

        Assert.Equal("The value cannot be read as Rental: Schema 42 is not known.", new RecordRows<Rental>(new(_settings, "rentals")).Add(Message(0, "k", "1")).Error);
    }

    [Fact]
    public void A_message_that_cannot_be_read_now_leaves_no_trace_and_can_be_read_later()
    {
        var format = new Awaiting();
        _settings.Deserializer = format;
        var rows = new RecordRows<Rental>(new(_settings, "rentals"));

        var result = rows.Add(Message(5, "k", "1"));
        Assert.Equal("The message at offset 5 of rentals partition 0: Connection refused", result.Missing);
        Assert.Equal((null, 0), (result.Error, rows.Count));

        format.IsThere = true;
        Assert.Equal((0, null), (rows.Add(Message(5, "k", "1")).Row, result.Error));
    }

    [Fact]
    public void The_application_decides_what_is_away()
    {
        _settings.Deserializer = new Refusing();
        var byDefault = _settings.IsTransient;
        _settings.IsTransient = exception => exception is InvalidOperationException || byDefault(exception);

        Assert.Contains("Schema 42", new RecordRows<Rental>(new(_settings, "rentals")).Add(Message(0, "k", "1")).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_the_calendar_stay_what_they_are_and_a_span_of_time_is_a_duration()
    {
        var day = new DateOnly(2017, 1, 12);
        foreach (var value in new object[] { day, new TimeOnly(1), DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, new Point(7203, 1, 2) })
            Assert.Same(value, RecordValue.Of(value));

        Assert.Equal(new Duration(129_600, 0), RecordValue.Of(TimeSpan.FromDays(1.5)));
        Assert.Equal(new Duration(-1, 999_999_900), RecordValue.Of(TimeSpan.FromTicks(-1)));
        Assert.Equal([day], (List<object?>)RecordValue.Of(new[] { day })!);
        Assert.Equal(day, ((Dictionary<string, object?>)RecordValue.Of(new { Day = day })!)["day"]);
    }

    [Fact]
    public void A_record_that_is_a_map_is_its_own_row()
    {
        var rows = new RecordRows<Dictionary<string, object?>>(new(new("kafka", "graph", "rentals", "UNWIND $rows AS r MERGE (:Rental {id: r.id})"), "rentals"));
        Assert.Null(rows.Add(Message(0, "k", """{"userId": 7, "parts": [1]}""")).Error);

        var row = Assert.Single(rows.ToWrite);
        Assert.Equal(["userId", "parts"], row.Keys);
        Assert.Equal(7L, row["userId"]);
    }

    [Fact]
    public void The_time_of_the_event_is_what_the_application_says()
    {
        _settings.EventTime = rental => DateTimeOffset.FromUnixTimeSeconds(rental.UserId);

        Assert.Equal(7, new RecordRows<Rental>(new(_settings, "rentals")).Add(Message(0, "k", """{"userId": 7, "movie": "Heat"}""")).EventTime);
    }

    [Fact]
    public void Where_the_message_was_is_at_hand_if_it_is_asked_for()
    {
        _settings.IncludeMessage = true;
        var rows = new RecordRows<Rental>(new(_settings, "rentals"));
        rows.Add(new ReceivedMessage(3, 42, "k"u8, """{"userId": 7, "movie": "Heat"}"""u8) { Timestamp = 1_000, Headers = new Headers { { "from", "a"u8.ToArray() }, { "from", "b"u8.ToArray() } } });

        var row = Assert.Single(rows.ToWrite);
        Assert.Equal([3L, 42L, "k", 1_000L], [row["_partition"], row["_offset"], row["_key"], row["_timestamp"]]);
        Assert.Equal("b", ((Dictionary<string, object?>)row["_headers"]!)["from"]);
    }

    [Fact]
    public void Without_a_statement_that_deletes_a_message_without_a_value_is_a_dead_letter() =>
        Assert.Contains("no statement that deletes", new RecordRows<Rental>(new(_settings, "rentals")).Add(Message(0, "k", null)).Error, StringComparison.Ordinal);

    [Fact]
    public void A_deletion_takes_the_rows_of_its_key_out_and_later_ones_stay()
    {
        _settings.DeleteCypher = "UNWIND $keys AS key MATCH (r:Rental {id: key}) DELETE r";
        var rows = new RecordRows<Rental>(new(_settings, "rentals"));
        (string Key, string? Movie)[] messages = [("a", "Heat"), ("b", "Alien"), ("a", null), ("a", "Up"), ("c", null)];
        foreach (var (key, movie) in messages)
            Assert.True(rows.Add(Message(0, key, movie is null ? null : $$"""{"userId": 7, "movie": "{{movie}}"}""")).Row >= 0);

        Assert.Equal(["Alien", "Up"], rows.ToWrite.Select(row => row["movie"]));
        Assert.Equal(["a", "c"], rows.ToDelete.Order());

        rows.Clear();
        Assert.Equal((0, 0, 0), (rows.Count, rows.ToWrite.Count, rows.ToDelete.Count));
    }

    private RecordRows<Rental> Fill(params string[] values)
    {
        var rows = new RecordRows<Rental>(new(_settings, "rentals"));
        foreach (var (offset, value) in values.Index())
            Assert.Null(rows.Add(Message(offset, "k", value)).Error);
        return rows;
    }

    private static ReceivedMessage Message(long offset, string key, string? value) =>
        new(0, offset, Encoding.UTF8.GetBytes(key), value is null ? default : value.Length == 0 ? new byte[1].AsSpan(0, 0) : Encoding.UTF8.GetBytes(value));

    private sealed class Awaiting : IDeserializer<Rental>
    {
        public bool IsThere { get; set; }

        public Rental Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
            IsThere ? new Rental(7, "Heat") : throw new HttpRequestException("Connection\nrefused");
    }

    private sealed class Refusing : IDeserializer<Rental>
    {
        public Rental Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => throw new InvalidOperationException("Schema 42 is not known.");
    }
}
