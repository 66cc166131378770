using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Kafka.Tests;

/// <summary>How clients are set up: the order of settings, and what is refused.</summary>
public sealed class ClientTests
{
    // Nothing listens there, and a client that is only made asks nobody.
    private const string Nowhere = "127.0.0.1:1";

    private static HostApplicationBuilder Application(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        return builder;
    }

    private static void OnlyTheClient(KafkaConsumerSettings settings) =>
        settings.DisableMetrics = settings.DisableTracing = settings.DisableHealthChecks = true;

    [Fact]
    public void The_section_of_a_name_goes_before_that_of_all_and_code_has_the_last_word()
    {
        var builder = Application(
            ("ConnectionStrings:kafka", Nowhere),
            ("Aspire:Confluent:Kafka:Consumer:ConnectionString", "other:9092"),
            ("Aspire:Confluent:Kafka:Consumer:Config:GroupId", "all"),
            ("Aspire:Confluent:Kafka:Consumer:Config:ClientId", "all"),
            ("Aspire:Confluent:Kafka:Consumer:Config:FetchWaitMaxMs", "7"),
            ("Aspire:Confluent:Kafka:Consumer:kafka:Config:GroupId", "named"),
            ("Aspire:Confluent:Kafka:Consumer:kafka:Config:ClientId", "named"));
        KafkaConsumerSettings? seen = null;
        builder.AddKafkaConsumer<string, string>("kafka", settings =>
        {
            OnlyTheClient(settings);
            settings.Config.ClientId = "code";
            seen = settings;
        });
        Assert.NotNull(seen);
        Assert.Equal((Nowhere, Nowhere), (seen.ConnectionString, seen.Config.BootstrapServers));
        Assert.Equal(("named", "code", 7), (seen.Config.GroupId, seen.Config.ClientId, seen.Config.FetchWaitMaxMs));
    }

    [Fact]
    public void A_producer_is_a_singleton_made_by_the_builder_that_code_has_changed()
    {
        var builder = Application(("Aspire:Confluent:Kafka:Producer:ConnectionString", Nowhere));
        var made = 0;
        builder.AddKafkaProducer<string, string>(
            "kafka",
            settings => settings.DisableMetrics = settings.DisableTracing = settings.DisableHealthChecks = true,
            (services, producer) =>
            {
                Assert.NotNull(services);
                made++;
                producer.SetErrorHandler((_, _) => { });
            });
        using var host = builder.Build();
        Assert.Same(host.Services.GetRequiredService<IProducer<string, string>>(), host.Services.GetRequiredService<IProducer<string, string>>());
        Assert.Equal(1, made);
    }

    [Fact]
    public void A_log_handler_that_is_there_stays()
    {
        var builder = Application(("ConnectionStrings:kafka", Nowhere), ("Aspire:Confluent:Kafka:Consumer:Config:GroupId", "group"));
        builder.AddKafkaConsumer<string, string>("kafka", OnlyTheClient, consumer => consumer.SetLogHandler((_, _) => { }));
        using var host = builder.Build();
        Assert.NotNull(host.Services.GetRequiredService<IConsumer<string, string>>());
    }

    [Theory]
    [InlineData("No bootstrap servers configured.", "Aspire:Confluent:Kafka:Consumer:Config:GroupId", "group")]
    [InlineData("No group id configured.", "ConnectionStrings:kafka", Nowhere)]
    public void What_a_consumer_needs_is_asked_for_when_it_is_made(string message, string key, string value)
    {
        var builder = Application((key, value));
        builder.AddKafkaConsumer<string, string>("kafka", OnlyTheClient);
        using var host = builder.Build();
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConsumer<string, string>>).Message);
    }

    [Fact]
    public void What_is_left_out_is_refused_with_the_reason()
    {
        var builder = Application(("ConnectionStrings:kafka", Nowhere));
        Assert.Contains("DisableMetrics", Assert.Throws<NotSupportedException>(() => builder.AddKafkaConsumer<string, string>("kafka", _ => { })).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => builder.AddKafkaProducer<string, string>("kafka", settings => settings.DisableHealthChecks = true));
    }
}
