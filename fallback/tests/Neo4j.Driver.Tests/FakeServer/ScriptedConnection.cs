using System.Net.Sockets;
using Neo4j.Driver.Bolt;
using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Tests.FakeServer;

/// <summary>The server's end of a connection, told what to answer.</summary>
internal sealed class ScriptedConnection : IDisposable
{
    public static readonly IReadOnlyList<string> OneColumn = ["x"];

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly MessageReader _reader;

    public ScriptedConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new MessageReader(_stream, 1024, 4096);
    }

    public async Task AgreeAsync(byte major, byte minor)
    {
        await _stream.ReadExactlyAsync(new byte[20]);
        await _stream.WriteAsync(new byte[] { 0, 0, minor, major });
    }

    /// <summary>Agrees on Bolt 5.4 and lets the driver sign in.</summary>
    public async Task SignInAsync(object hints = null)
    {
        await AgreeAsync(5, 4);
        await ExpectAsync(MessageTag.Hello);
        await ExpectAsync(MessageTag.Logon);
        await SucceedAsync(("server", "Neo4j/5.26.0"), ("connection_id", "bolt-1"), ("hints", hints ?? new Dictionary<string, object>()));
        await SucceedAsync();
    }

    public async Task<Request> ExpectAsync(byte tag)
    {
        var request = Decode((await _reader.ReadAsync()).Span);
        Assert.Equal(tag, request.Tag);
        return request;
    }

    public Task SucceedAsync(params (string Key, object Value)[] metadata) =>
        SendAsync(MessageTag.Success, metadata.ToDictionary(entry => entry.Key, entry => entry.Value));

    public Task FailAsync(string code, string message = "why") =>
        SendAsync(MessageTag.Failure, new Dictionary<string, object> { ["code"] = code, ["message"] = message });

    public Task IgnoreAsync() => SendAsync(MessageTag.Ignored);

    public Task RecordAsync(params object[] values) => SendAsync(MessageTag.Record, (object)values);

    /// <summary>Answers RUN and PULL with one column of these values.</summary>
    public async Task AnswerAsync(params object[] values)
    {
        await ExpectAsync(MessageTag.Run);
        await ExpectAsync(MessageTag.Pull);
        await SucceedAsync(("fields", OneColumn), ("t_first", 1));
        foreach (var value in values)
        {
            await RecordAsync(value);
        }

        await SucceedAsync(("type", "r"), ("t_last", 1));
    }

    /// <summary>Waits until the driver has closed the connection.</summary>
    public async Task WaitForEndAsync()
    {
        var buffer = new byte[256];
        while (await _stream.ReadAsync(buffer) > 0)
        {
            // What the driver says before it leaves does not matter.
        }
    }

    /// <summary>Sends a reset instead of an orderly end, as a killed server does.</summary>
    public void Cut()
    {
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _reader.Dispose();
    }

    private static Request Decode(ReadOnlySpan<byte> message)
    {
        var reader = new PackStreamReader(message);
        var (size, tag) = reader.ReadStructureHeader();
        var fields = new object[size];
        for (var i = 0; i < size; i++)
        {
            fields[i] = reader.Read();
        }

        return new Request(tag, fields);
    }

    private async Task SendAsync(byte tag, params object[] fields)
    {
        using var writer = new PackStreamWriter(256);
        var start = ChunkFraming.Begin(writer);
        writer.WriteStructureHeader(fields.Length, tag);
        foreach (var field in fields)
        {
            new ValueWriter(writer).Write(field);
        }

        ChunkFraming.End(writer, start);
        await _stream.WriteAsync(writer.Written);
    }
}
