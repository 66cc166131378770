using MovieFriends.Consumer;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() => ConsumerHost.Build(args));
