using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;

namespace MovieFriends.AppHost.Rentals;

internal static class RentalBuilderExtensions
{
    private const double DefaultRate = 10;
    private const string TopicKey = $"{TopicOptions.Section}:{nameof(TopicOptions.Rentals)}";

    /// <summary>Decides whether there is a stream of rentals. If there is, each service that knows topics learns its topic's name.</summary>
    /// <returns>The options of the stream; null if there is none.</returns>
    public static RentalOptions? ChooseRentals(this IDistributedApplicationBuilder builder, ServerModeChoice servers, bool isDemo)
    {
        var options = builder.Configuration.ReadValidated<RentalOptions>(RentalOptions.Section);
        var rate = options.Rate ?? (servers.Mode == ServerMode.External ? 0 : DefaultRate);
        if (builder.ExecutionContext.IsPublishMode || (isDemo ? options.Messages == 0 : rate == 0))
            return null;

        builder.Configuration[TopicKey] ??= "rentals";
        return options with { Rate = rate };
    }

    /// <summary>Lets a producer send rentals.</summary>
    public static IResourceBuilder<ProjectResource> WithRentals(this IResourceBuilder<ProjectResource> producer, RentalOptions options) => producer
        .WithEnvironment("Producer__Events", "Rentals")
        .WithEnvironment("Producer__Source", options.Source)
        .WithEnvironment("Producer__Messages", Invariant(options.Messages))
        .WithEnvironment("Producer__Rate", Invariant(options.Rate ?? DefaultRate));

    private static string Invariant(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
