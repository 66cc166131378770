using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.ServiceDefaults.Configuration;

namespace MovieFriends.ServiceDefaults.Kafka;

/// <summary>What every service that uses Kafka has.</summary>
public static class KafkaHealthExtensions
{
    /// <summary>Adds the look for the topics at the start, and the opinion about Kafka from then on.</summary>
    /// <exception cref="ConfigurationException">Section <c>Kafka</c> cannot be read.</exception>
    public static void AddKafkaHealth(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<KafkaOptions>(KafkaOptions.Section);
        builder.Services.AddSingleton<KafkaRefusals>();
        builder.Services.AddSingleton<KafkaHealth>();
        builder.Services.AddSingleton<TopicReadiness>();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealth>("kafka");
    }
}
