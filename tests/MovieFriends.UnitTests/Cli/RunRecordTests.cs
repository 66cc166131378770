using System.Diagnostics;
using System.Globalization;
using MovieFriends.Cli;
using MovieFriends.Cli.Cleaning;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class RunRecordTests : IDisposable
{
    private readonly Checkout checkout = new(Directory.CreateTempSubdirectory("moviefriends-").FullName);

    public RunRecordTests() => Directory.CreateDirectory(checkout.Run);

    public void Dispose() => Directory.Delete(checkout.Root, recursive: true);

    [Fact]
    public void A_process_with_the_recorded_start_is_found_alive()
    {
        using var self = Process.GetCurrentProcess();
        Write(self.Id, self.StartTime, self.Id, self.StartTime);
        Assert.Equal(["AppHost", "kafka"], RunRecord.FindAlive(checkout).Select(process => process.Resource));
    }

    [Fact]
    public void Another_process_with_the_same_id_is_left_alone()
    {
        using var self = Process.GetCurrentProcess();
        Write(self.Id, self.StartTime.AddMinutes(-1), self.Id, self.StartTime.AddMinutes(1));
        Assert.Empty(RunRecord.FindAlive(checkout));
    }

    [Fact]
    public void Other_files_and_broken_ones_are_passed_over()
    {
        File.WriteAllText(Path.Combine(checkout.Run, "connections.json"), """{"appHostPid":1,"environment":{}}""");
        File.WriteAllText(Path.Combine(checkout.Run, "2.json"), "{");
        Assert.Empty(RunRecord.FindAlive(checkout));
    }

    private void Write(int appHostPid, DateTime appHostStart, int pid, DateTime start) => File.WriteAllText(
        Path.Combine(checkout.Run, $"{appHostPid}.json"),
        $$"""
        {"appHost":{"pid":{{appHostPid}},"startTime":"{{Utc(appHostStart)}}"},
         "processes":[{"resource":"kafka","pid":{{pid}},"startTime":"{{Utc(start)}}"}]}
        """);

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
}
