using MovieFriends.Seeder;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() => SeederHost.Build(args));
