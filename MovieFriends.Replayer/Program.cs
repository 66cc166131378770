using MovieFriends.Replayer;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() => ReplayerHost.Build(args));
