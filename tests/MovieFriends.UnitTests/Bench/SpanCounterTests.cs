using MovieFriends.Bench.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class SpanCounterTests
{
    // A span, with a name and a fixed64 start time, as none of the counter's business.
    private static readonly byte[] s_span = [.. Field(5, [.. "CREATE DailyCharge"u8]), (7 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Spans_of_all_resources_and_scopes_are_counted()
    {
        byte[] scope = [.. Field(1, [.. "a scope"u8]), .. Field(2, s_span), .. Field(2, s_span)];
        byte[] resource = [.. Field(1, [.. "a resource"u8]), .. Field(2, scope), .. Field(2, scope)];

        Assert.Equal(8, SpanCounter.Count([.. Field(1, resource), .. Field(1, resource)]));
    }

    [Fact]
    public void Lengths_of_more_than_one_byte_and_fields_without_a_length_are_passed_over()
    {
        byte[] scope = [.. Field(2, [.. Field(9, new byte[300]), 6 << 3, 0x96, 0x01, (16 << 3) & 0x7F | 0x80 | 5, 1, 0, 0, 0, 0]), .. Field(2, s_span)];

        Assert.Equal(2, SpanCounter.Count(Field(1, Field(2, scope))));
    }

    [Fact]
    public void An_empty_request_has_no_spans() => Assert.Equal(0, SpanCounter.Count([]));

    [Fact]
    public void A_request_that_ends_too_early_is_refused()
    {
        var request = Field(1, Field(2, Field(2, s_span)));

        Assert.Throws<InvalidDataException>(() => SpanCounter.Count(request.AsSpan(..^1)));
    }

    private static byte[] Field(int number, byte[] content) => content.Length < 0x80
        ? [(byte)((number << 3) | 2), (byte)content.Length, .. content]
        : [(byte)((number << 3) | 2), (byte)((content.Length & 0x7F) | 0x80), (byte)(content.Length >> 7), .. content];
}
