using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier;

return await ServiceRunner.RunAsync(() => VerifierHost.Build(args));
