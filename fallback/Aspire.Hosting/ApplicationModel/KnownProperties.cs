namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of facts the dashboard knows what to do with.</summary>
internal static class KnownProperties
{
    public const string Uid = "resource.uid";
    public const string Name = "resource.name";
    public const string Type = "resource.type";
    public const string DisplayName = "resource.displayName";
    public const string State = "resource.state";
    public const string ExitCode = "resource.exitCode";
    public const string CreateTime = "resource.createTime";
    public const string StartTime = "resource.startTime";
    public const string StopTime = "resource.stopTime";
    public const string HealthState = "resource.healthState";
    public const string ConnectionString = "resource.connectionString";
    public const string ParentName = "resource.parentName";
    public const string WaitingFor = "resource.waitingFor";
    public const string Arguments = "resource.appArgs";
    public const string ArgumentsSensitivity = "resource.appArgsSensitivity";
    public const string ExecutablePath = "executable.path";
    public const string ExecutableDirectory = "executable.workDir";
    public const string ExecutableArguments = "executable.args";
    public const string ExecutableProcessId = "executable.pid";
    public const string ProjectPath = "project.path";
    public const string ParameterValue = "Value";
}
