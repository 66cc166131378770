using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.ServiceDefaults.Configuration;

namespace MovieFriends.ServiceDefaults.Kafka;

/// <summary>What every service that uses Kafka has.</summary>
public static class KafkaHealthExtensions
{
    /// <summary>Adds the look for the topics at the start, and the opinion about Kafka from then on.</summary>
    /// <exception cref="ConfigurationException">Section <c>Kafka</c> cannot be read.</exception>
    public static void AddKafkaHealth(this IHostApplicationBuilder builder)
    {
        // What the client says while a broker is away is one line per attempt, and what ends it comes back as an error: both are said once, elsewhere.
        builder.Logging.AddFilter(KafkaClientLog.Category, LogLevel.None);
        builder.AddValidatedOptions<KafkaOptions>(KafkaOptions.Section);
        builder.Services.AddSingleton<KafkaRefusals>();
        builder.Services.AddSingleton<KafkaHealth>();
        builder.Services.AddSingleton<TopicReadiness>();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealth>("kafka");
    }
}
