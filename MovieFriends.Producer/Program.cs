using MovieFriends.Producer;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() => ProducerHost.Build(args));
