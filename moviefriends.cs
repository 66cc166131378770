#!/usr/bin/env -S dotnet --
#:project MovieFriends.Cli
#:property PublishAot=false
#:property UseSharedCompilation=false

// The one command people type: dotnet moviefriends.cs VERB. What the verbs do is in MovieFriends.Cli.
var root = AppContext.GetData("EntryPointFileDirectoryPath") as string ?? Directory.GetCurrentDirectory();
return await MovieFriends.Cli.CommandLine.RunAsync(root, args);
