using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Tests;

/// <summary>The Kafka component, on the cluster that librdkafka itself can pretend to be.</summary>
public sealed class KafkaClientTests
{
    [Fact]
    public void Settings_come_from_the_section_then_the_named_one_then_code()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = "localhost:1",
            ["Aspire:Confluent:Kafka:Producer:DisableHealthChecks"] = "true",
            ["Aspire:Confluent:Kafka:Producer:Config:ApiVersionRequest"] = "false",
            ["Aspire:Confluent:Kafka:Producer:Config:LingerMs"] = "5",
            ["Aspire:Confluent:Kafka:Producer:kafka:Config:LingerMs"] = "7",
        });
        KafkaProducerSettings? seen = null;
        builder.AddKafkaProducer<string, string>("kafka", settings =>
        {
            settings.Config.EnableIdempotence = false;
            seen = settings;
        });
        Assert.Equal("localhost:1", seen!.Config.BootstrapServers);
        Assert.True(seen.DisableHealthChecks);
        Assert.False(seen.Config.ApiVersionRequest);
        Assert.Equal(7, seen.Config.LingerMs);
        Assert.Equal(1000, seen.Config.StatisticsIntervalMs);
    }

    [Fact]
    public async Task What_a_producer_sends_a_consumer_gets()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:kafka"] = "ignored:1";
        builder.AddKafkaProducer<string, string>("kafka", settings => settings.Config.Set("test.mock.num.brokers", "1"));
        using var host = builder.Build();
        using var producer = host.Services.GetRequiredService<IProducer<string, string>>();
        var delivered = await producer.ProduceAsync("charges", new Message<string, string> { Key = "1", Value = "2" }, TestContext.Current.CancellationToken);
        Assert.Equal(PersistenceStatus.Persisted, delivered.Status);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_unhealthy()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:kafka"] = $"127.0.0.1:{Processes.LoopbackPort.Next()}";
        builder.AddKafkaConsumer<string, string>("kafka", settings => settings.Config.GroupId = "g");
        using var host = builder.Build();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["Aspire.Confluent.Kafka.Consumer"].Status);
    }

    [Fact]
    public void Clients_with_a_key_are_found_by_their_connection_name()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:a"] = "localhost:1";
        builder.AddKeyedKafkaProducer<Null, string>("a");
        using var host = builder.Build();
        Assert.NotNull(host.Services.GetRequiredKeyedService<IProducer<Null, string>>("a"));
        Assert.Null(host.Services.GetService<IProducer<Null, string>>());
    }

    [Fact]
    public void A_client_without_a_connection_string_is_refused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddKafkaProducer<Null, string>("absent");
        using var host = builder.Build();
        Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IProducer<Null, string>>());
    }
}
