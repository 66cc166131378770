namespace Neo4j.Driver.Tests.Bolt;

/// <summary>Hands out a few bytes at a time, as a network may.</summary>
internal sealed class DribblingStream(byte[] content, int portion) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, portion)], cancellationToken);
}
