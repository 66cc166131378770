using MovieFriends.Verifier;
using MovieFriends.ServiceDefaults.Hosting;

return await ServiceRunner.RunAsync(() => VerifierHost.Build(args));
