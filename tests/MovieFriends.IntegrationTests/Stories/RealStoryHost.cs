using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Stories;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Stories;

/// <summary>Real servers on which a story happens.</summary>
internal sealed class RealStoryHost : IStoryHost, IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(10);

    private readonly RunningServers _servers;
    private readonly Scenario _scenario;
    private readonly FaithfulStory _story;
    private readonly TopicProbe _topics;
    private readonly IAdminClient _admin;
    private readonly Dictionary<string, IRunningService> _consumers = new(StringComparer.Ordinal);
    private int _partitions;
    private string? _fatal;

    private RealStoryHost(RunningServers servers, Scenario scenario, FaithfulStory story)
    {
        (_servers, _scenario, _story, _partitions) = (servers, scenario, story, story.Partitions);
        _topics = new TopicProbe(servers);
        _admin = new AdminClientBuilder(KafkaClientSettings.Admin(servers.Environment)).Build();
    }

    public static async Task<RealStoryHost> StartAsync(RunningServers servers, FaithfulStory story, CancellationToken cancellation)
    {
        var host = new RealStoryHost(servers, await Scenario.StartAsync(servers, users: 0, cancellation), story);
        await host._topics.CreateAsync(host._scenario.Topic, story.Partitions);
        return host;
    }

    public async Task ProduceAsync(int partition, IReadOnlyList<StoredMessage> messages)
    {
        var config = KafkaClientSettings.Producer(_servers.Environment);
        (config.LingerMs, config.MaxInFlight) = (1, 1);
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        await Task.WhenAll(messages.Select(message => producer.ProduceAsync(Place(partition), Message(message), _scenario.Cancellation)));
    }

    public Task ProduceTransactionAsync(int partition, IReadOnlyList<StoredMessage> messages, bool commits) => Task.Run(() =>
    {
        using var producer = _topics.TransactionalProducer();
        producer.InitTransactions(s_limit);
        producer.BeginTransaction();
        foreach (var message in messages)
            producer.Produce(Place(partition), Message(message));

        // What is to be undone must be there first.
        producer.Flush(s_limit);
        if (commits)
            producer.CommitTransaction(s_limit);
        else
            producer.AbortTransaction(s_limit);
    });

    public Task StartAsync(string consumer)
    {
        var options = _story.Options;
        KeyValuePair<string, string>[] settings =
        [
            .. _scenario.Environment,
            KeyValuePair.Create(StoryConsumer.Topic.Replace(":", "__", StringComparison.Ordinal), _scenario.Topic),
            KeyValuePair.Create("KafkaToNeo4j__GroupId", _scenario.Topic),
            KeyValuePair.Create("KafkaToNeo4j__MaxBatchSize", options.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("KafkaToNeo4j__IdleCheckInterval", options.IdleCheckInterval.ToString()),
            KeyValuePair.Create("KafkaToNeo4j__OnGap", options.OnGap.ToString()),
            KeyValuePair.Create("KafkaToNeo4j__OnNewTopic", options.OnNewTopic.ToString()),
            KeyValuePair.Create("Aspire__Confluent__Kafka__Consumer__Config__TopicMetadataRefreshIntervalMs", "1000"),
        ];
        _consumers.Add(consumer, _story.Processes.Contains(consumer)
            ? ServiceProcess.Start("simulation", settings, arguments: StoryConsumer.Verb)
            : InProcessService.Start("storyConsumer", settings));
        return Task.CompletedTask;
    }

    public async Task KillAsync(string consumer)
    {
        Process(consumer).Kill();
        await _consumers[consumer].Exited;
    }

    public async Task StopAsync(string consumer)
    {
        _consumers[consumer].Terminate();
        if (await _consumers[consumer].ExitCodeAsync(_scenario.Cancellation) is not 0 and var exitCode)
            throw new InvalidOperationException($"The consumer {consumer} ended with {exitCode}:\n{Log(consumer)}");
    }

    public Task FreezeAsync(string consumer)
    {
        Process(consumer).Pause();
        return Task.CompletedTask;
    }

    public Task ContinueAsync(string consumer)
    {
        Process(consumer).Continue();
        return Task.CompletedTask;
    }

    public Task HasPartitionsAsync(string consumer) => _scenario.HavePartitionsAsync(_consumers[consumer]);

    public async Task FailsAsync(string consumer)
    {
        if (await _consumers[consumer].ExitCodeAsync(_scenario.Cancellation) != 1)
            throw new InvalidOperationException($"The consumer {consumer} did not fail:\n{Log(consumer)}");
        _fatal = StoryEnd.FatalIn(Log(consumer));
    }

    public Task SettledAsync() => UntilAsync("everything is settled", async () =>
    {
        var ledger = await _scenario.LedgerAsync();
        var ends = await EndsAsync();
        return ends.Count == _partitions && ends.All(end => ledger.GetValueOrDefault(end.Key) == end.Value);
    });

    public Task BrokerGoesAsync()
    {
        _servers.KafkaLink.Cut();
        return Task.CompletedTask;
    }

    public async Task BrokerReturnsAsync()
    {
        await NoticedAsync("Kafka does not answer");
        _servers.KafkaLink.Restore();
    }

    public Task GraphGoesAsync()
    {
        _servers.GraphLink.Cut();
        return Task.CompletedTask;
    }

    public async Task GraphReturnsAsync()
    {
        await NoticedAsync("The graph cannot be written now");
        _servers.GraphLink.Restore();
    }

    public Task DeleteAsync(int partition, long before) => _admin.DeleteRecordsAsync([new TopicPartitionOffset(Place(partition), before)]);

    public async Task MoveLedgerAsync(int partition, long offset) => await _scenario.QueryAsync(
        "MATCH (o:KafkaOffset {id: $id}) SET o.nextOffset = $offset, o.owner = 'somebody', o.deadLetterOffset = null", new { id = LedgerNames.IdOf(_scenario.Topic, partition), offset });

    public async Task AddPartitionAsync()
    {
        await _admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = _scenario.Topic, IncreaseTo = ++_partitions }]);
        await UntilAsync("the partition is there", async () => (await EndsAsync()).Count == _partitions);
    }

    public async Task CreateTopicAgainAsync()
    {
        await _topics.DeleteAsync(_scenario.Topic);
        await _topics.CreateAsync(_scenario.Topic, _partitions);
    }

    /// <summary>How things stand now.</summary>
    public async Task<StoryEnd> EndAsync()
    {
        var events = await _scenario.QueryAsync($"MATCH (e:{StoryConsumer.Event}) RETURN e.id AS id, e.places AS places");
        var keys = await _scenario.QueryAsync($"MATCH (k:{StoryConsumer.Key}) RETURN k.key AS key, k.last AS last");
        var ledger = await _scenario.LedgerAsync();
        return new StoryEnd
        {
            Events = events.Select(row => row["id"].As<string>()),
            Written = events.SelectMany(row => row["places"].As<List<string>>()).Select(place => place.Split('/')).Select(place => ((int)Number(place[0]), Number(place[1]))),
            Last = keys.Select(row => (row["key"].As<string>(), row["last"].As<string>())),
            DeadLetters = _topics.Read(_scenario.DeadLetters).Select(letter => letter.Message.Headers).Select(headers => (
                (int)Number(Header(headers, DeadLetterHeaders.SourcePartition)), Number(Header(headers, DeadLetterHeaders.SourceOffset)), Header(headers, DeadLetterHeaders.ErrorType))),
            Ledger = (await EndsAsync()).Select(end => (end.Key, ledger.GetValueOrDefault(end.Key), end.Value)),
            Fatal = _fatal,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _servers.GraphLink.Restore();
        _servers.KafkaLink.Restore();
        foreach (var consumer in _consumers.Values)
            await consumer.DisposeAsync();
        _topics.Dispose();
        _admin.Dispose();
        await _scenario.DisposeAsync();
    }

    private ServiceProcess Process(string consumer) => (ServiceProcess)_consumers[consumer];

    private TopicPartition Place(int partition) => new(_scenario.Topic, partition);

    // None while the broker does not say.
    private async Task<Dictionary<int, long>> EndsAsync()
    {
        try
        {
            return await AskEndsAsync();
        }
        catch (KafkaException)
        {
            return [];
        }
    }

    private async Task<Dictionary<int, long>> AskEndsAsync()
    {
        // Else the client takes minutes to hear of a partition that is added.
        _admin.GetMetadata(_scenario.Topic, s_answerTime);
        var ends = await _admin.ListOffsetsAsync(
            [.. Enumerable.Range(0, _partitions).Select(partition => new TopicPartitionOffsetSpec { TopicPartition = Place(partition), OffsetSpec = OffsetSpec.Latest() })],
            new ListOffsetsOptions { RequestTimeout = s_answerTime });
        return ends.ResultInfos.Select(info => info.TopicPartitionOffsetError).ToDictionary(end => end.Partition.Value, end => end.Offset.Value);
    }

    private Task NoticedAsync(string text) => UntilAsync(
        $"a consumer says '{text}'", () => Task.FromResult(_consumers.Keys.Any(consumer => Log(consumer).Contains(text, StringComparison.Ordinal))));

    private async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        try
        {
            await Wait.UntilAsync(what, s_limit, condition, _scenario.Cancellation);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} {string.Join('\n', _consumers.Keys.Select(consumer => $"The consumer {consumer} wrote:\n{Log(consumer)}"))}");
        }
    }

    private string Log(string consumer) => string.Join('\n', _consumers[consumer].Log.TakeLast(60));

    private static Message<byte[], byte[]> Message(StoredMessage message) => new() { Key = message.Key, Value = message.Value };

    private static string Header(Headers headers, string name) => System.Text.Encoding.UTF8.GetString(headers.GetLastBytes(name));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
