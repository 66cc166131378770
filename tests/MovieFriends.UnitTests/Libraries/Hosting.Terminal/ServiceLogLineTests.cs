using MovieFriends.Hosting.Terminal;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ServiceLogLineTests
{
    private const string Stamp = "2026-11-22T22:33:44.555Z ";

    [Fact]
    public void Progress_is_read_from_a_structured_line() => Assert.Equal(
        new ServiceLogLine.Progress("seed", 5, 10, "users", 2.5),
        ServiceLogLine.Parse(Stamp + Entry(1000, "Information", """{"Message":"seed: 5","Stage":"seed","Done":5,"Total":10,"Unit":"users","Rate":2.5}"""), isError: false));

    [Fact]
    public void So_is_progress_without_an_end() => Assert.Equal(
        new ServiceLogLine.Progress("consume", 5, 0, "messages", 2.5),
        ServiceLogLine.Parse(Stamp + Entry(1002, "Information", """{"Message":"consume: 5","Stage":"consume","Done":5,"Unit":"messages","Rate":2.5}"""), isError: false));

    [Fact]
    public void A_report_is_read_from_a_structured_line() => Assert.Equal(
        new ServiceLogLine.Report("verifier", """{"ok":true}"""),
        ServiceLogLine.Parse(Stamp + Entry(1001, "Information", """{"Stage":"verifier","Report":"{\u0022ok\u0022:true}"}"""), isError: false));

    [Theory]
    [InlineData("Warning", true)]
    [InlineData("Error", true)]
    [InlineData("Critical", true)]
    [InlineData("Information", false)]
    public void Warnings_and_errors_are_for_the_user(string level, bool isProblem) =>
        Assert.Equal(isProblem, ServiceLogLine.Parse(Entry(7, level, "{}"), isError: false) is ServiceLogLine.Problem { Text: "what happened" });

    [Fact]
    public void A_plain_line_on_standard_error_is_for_the_user() =>
        Assert.Equal(new ServiceLogLine.Problem("kafka is missing"), ServiceLogLine.Parse(Stamp + "kafka is missing", isError: true));

    [Theory]
    [InlineData("{not json")]
    [InlineData("""{"other":"json"}""")]
    [InlineData("""{"EventId":"no number"}""")]
    [InlineData("""{"EventId":1000,"State":{}}""")]
    [InlineData("")]
    [InlineData("a line")]
    public void Anything_else_is_kept_as_it_is(string line) => Assert.Equal(new ServiceLogLine.Other(line), ServiceLogLine.Parse(line, isError: false));

    private static string Entry(int id, string level, string state) =>
        $$"""{"EventId":{{id}},"LogLevel":"{{level}}","Category":"MovieFriends.Seeder","Message":"what happened","State":{{state}}}""";
}
