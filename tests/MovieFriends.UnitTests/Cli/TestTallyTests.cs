using MovieFriends.Cli.Testing;
using Spectre.Console;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestTallyTests : IDisposable
{
    private const string ClassStarts = """{"$type":"test-class-starting","TestClassUniqueID":"c","TestClassSimpleName":"SomeTests","TestClassNamespace":"My.Tests"}""";
    private const string TestStarts = """{"$type":"test-starting","TestClassUniqueID":"c","TestUniqueID":"t","TestDisplayName":"My.Tests.SomeTests.It_works(x: 1)"}""";
    private const string AllEnded = """{"$type":"test-assembly-finished"}""";

    private readonly StringWriter _written = new();
    private readonly TestTally _tally;

    public TestTallyTests()
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(_written) });
        _tally = new(Suite.Fast, new(new(console)));
    }

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_class_is_told_when_it_ends_with_what_came_out_of_it()
    {
        Add(
            ClassStarts,
            TestStarts,
            """{"$type":"test-passed","TestClassUniqueID":"c","TestUniqueID":"t","ExecutionTime":1.5}""",
            """{"$type":"test-skipped","TestClassUniqueID":"c","TestUniqueID":"u","Reason":"No engine."}""",
            """{"$type":"test-class-finished","TestClassUniqueID":"c"}""",
            AllEnded);
        _tally.End("My.Tests", 0, []);

        Assert.Equal("1 passed, 0 failed, 1 skipped", _tally.Counts.ToString());
        Assert.Contains("SomeTests: 1 passed, 1 skipped, 0.0 s", _written.ToString(), StringComparison.Ordinal);
        Assert.Equal([new(Suite.Fast, "SomeTests.It_works(x: 1)", TimeSpan.FromSeconds(1.5))], _tally.Times);
        Assert.Equal(1, _tally.Skipped["No engine."]);
        Assert.Empty(_tally.Failures);
    }

    [Fact]
    public void A_failed_test_is_told_at_once_with_its_reason_and_later_on_one_line()
    {
        Add(ClassStarts, TestStarts, """
            {"$type":"test-failed","TestClassUniqueID":"c","TestUniqueID":"t","ExceptionTypes":["X"],"Messages":["Assert.True() Failure\nExpected: True"],"StackTraces":["at My.Tests"],"Output":"last words"}
            """);

        Assert.Equal(["SomeTests.It_works(x: 1): Assert.True() Failure Expected: True"], _tally.Failures);
        string[] lines = ["FAILED Fast: SomeTests.It_works(x: 1)", "Assert.True() Failure", "Expected: True", "at My.Tests", "last words"];
        Assert.Equal(lines, _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace("   0:00  ", "").Trim()));
    }

    [Theory]
    [InlineData("""{"$type":"test-assembly-cleanup-failure","Messages":["A server was lost."]}""", "test-assembly-cleanup-failure: A server was lost.")]
    [InlineData("""{"$type":"test-class-cleanup-failure","TestClassUniqueID":"c","Messages":["A file is open."]}""", "SomeTests: A file is open.")]
    [InlineData("""{"$type":"error","ExceptionTypes":["System.Exception"],"Messages":[null]}""", "error: System.Exception")]
    public void What_fails_around_the_tests_counts_as_failed(string line, string failure)
    {
        Add(ClassStarts, line, AllEnded);
        _tally.End("My.Tests", 1, []);

        Assert.Equal([failure], _tally.Failures);
        Assert.Equal(1, _tally.Counts.Failed);
    }

    [Fact]
    public void A_program_that_ends_before_its_tests_do_failed_and_the_test_it_was_in_is_named()
    {
        Add(ClassStarts, TestStarts);
        _tally.End("My.Tests", 139, ["Segmentation fault"]);

        Assert.Equal(["My.Tests ended with exit code 139 before its tests did, in SomeTests.It_works(x: 1)."], _tally.Failures);
        Assert.Contains("Segmentation fault", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_says_failure_without_a_failed_test_failed()
    {
        Add(AllEnded);
        _tally.End("My.Tests", 3, []);

        Assert.Equal(["My.Tests ended with exit code 3."], _tally.Failures);
    }

    [Fact]
    public void The_end_of_one_program_does_not_vouch_for_the_next()
    {
        Add(AllEnded);
        _tally.End("First.Tests", 0, []);
        _tally.Begin();
        _tally.End("Second.Tests", 0, []);

        Assert.Equal(["Second.Tests ended with exit code 0 before its tests did."], _tally.Failures);
    }

    [Fact]
    public void Who_waits_is_told_of_the_test_that_runs_longest()
    {
        Add(ClassStarts, TestStarts);

        Assert.Equal("Fast: 0 passed, 0 failed, 0 s in SomeTests.It_works(x: 1)", _tally.Status);
    }

    [Theory]
    [InlineData("a line of a service")]
    [InlineData("{ not json")]
    [InlineData("")]
    public void Other_lines_are_none_of_the_test_programs_own(string line) => Assert.Null(TestMessage.Parse(line));

    [Fact]
    public void Colour_codes_before_a_message_are_passed_over() => Assert.Equal("error", TestMessage.Parse("\e[0m{\"$type\":\"error\"}")?.Type);

    private void Add(params string[] lines)
    {
        _tally.Begin();
        foreach (var line in lines)
            _tally.Add(TestMessage.Parse(line)!);
    }
}
