await Console.Error.WriteLineAsync("The schedule of faults is not part of this build.");
return 1;
