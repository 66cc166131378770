using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MovieFriends.Hosting.Terminal;

internal static class StateLogBuilderExtensions
{
    /// <summary>Says when servers come and go, when a service fails, and what everything waits for when that takes long.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="isJob">Whether every service has its work to do and to end, as in a demo: one that says nothing is waited for.</param>
    public static void AddStateLog(this IDistributedApplicationBuilder builder, bool isJob)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(services => new Standstill(services.GetRequiredService<TimeProvider>(), countsSilence: isJob))
            .AddWatcher<ResourceStateLog>(!isJob)
            .AddWatcher<StandstillLog>();
    }
}
