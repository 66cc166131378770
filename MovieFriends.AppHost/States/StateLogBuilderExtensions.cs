using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MovieFriends.AppHost.Terminal;

namespace MovieFriends.AppHost.States;

internal static class StateLogBuilderExtensions
{
    /// <summary>Says when servers come and go, and what everything waits for when that takes long.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="countsSilence">Whether a service that runs and says nothing is waited for, as in a job that ends.</param>
    public static void AddStateLog(this IDistributedApplicationBuilder builder, bool countsSilence)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(services => new Standstill(services.GetRequiredService<TimeProvider>(), countsSilence))
            .AddWatcher<ServerStateLog>()
            .AddWatcher<StandstillLog>();
    }
}
