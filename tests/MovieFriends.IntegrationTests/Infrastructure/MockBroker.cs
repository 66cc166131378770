using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using MovieFriends.Kafka.BatchProducer;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>The broker that Kafka's client library brings for tests: it answers with whatever error it is told to, which no real one can be made to.</summary>
public sealed unsafe class MockBroker : IDisposable
{
    private readonly IProducer<Null, Null> _owner;
    private readonly nint _cluster;

    public MockBroker()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        config.Set("test.mock.num.brokers", "1");
        _owner = new ProducerBuilder<Null, Null>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_owner.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        Address = $"{broker.Host}:{broker.Port}";

        // Confluent.Kafka keeps the handle to itself.
        var handle = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_owner.Handle);
        var cluster = (delegate* unmanaged<nint, nint>)Export("rd_kafka_handle_mock_cluster");
        _cluster = cluster(((SafeHandle)handle!).DangerousGetHandle());

        // A group of one needs no time for others to come.
        var delay = (delegate* unmanaged<nint, int, void>)Export("rd_kafka_mock_group_initial_rebalance_delay_ms");
        delay(_cluster, 0);
    }

    /// <summary>Requests by the numbers that the protocol gives them.</summary>
    public enum Request : short
    {
        Produce = 0,
        Fetch = 1,
        JoinGroup = 11,
        InitProducerId = 22,
        AddPartitionsToTransaction = 24,
        EndTransaction = 26,
        ConsumerGroupHeartbeat = 68,
    }

    public string Address { get; }

    /// <summary>Makes topics.</summary>
    public void Create(params IEnumerable<string> topics)
    {
        using var admin = new DependentAdminClientBuilder(_owner.Handle).Build();
        foreach (var topic in topics)
            admin.GetMetadata(topic, TimeSpan.FromSeconds(10));
    }

    /// <summary>Does not know requests of these kinds, and says so when it is asked what it knows.</summary>
    public void Lack(params IEnumerable<Request> requests)
    {
        var set = (delegate* unmanaged<nint, short, short, short, int>)Export("rd_kafka_mock_set_apiversion");
        foreach (var request in requests)
            set(_cluster, (short)request, -1, -1);
    }

    /// <summary>Answers the next requests of a kind with an error.</summary>
    public void Answer(Request request, ErrorCode error, int times)
    {
        var errors = new int[times];
        Array.Fill(errors, (int)error);
        var push = (delegate* unmanaged<nint, short, nuint, int*, void>)Export("rd_kafka_mock_push_request_errors_array");
        fixed (int* first = errors)
            push(_cluster, (short)request, (nuint)times, first);
    }

    public void Dispose() => _owner.Dispose();

    private static nint Export(string name) => NativeLibrary.GetExport(LoadedLibrary.Find(), name);
}
