using MovieFriends.Producer;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ProducerTelemetry.Name);
    builder.AddChargeProducer("kafka");
    return builder.Build().MapDefaultEndpoints().MapProducerStatus();
});
