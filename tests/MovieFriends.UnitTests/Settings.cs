using Microsoft.Extensions.Configuration;

namespace MovieFriends.UnitTests;

internal static class Settings
{
    public static IConfiguration Of(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
        .Build();
}
