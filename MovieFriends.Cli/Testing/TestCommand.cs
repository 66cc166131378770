using System.CommandLine;

namespace MovieFriends.Cli.Testing;

/// <summary>The verb <c>test</c>.</summary>
internal static class TestCommand
{
    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("test", "Run the unit tests and the fast integration tests; the last line is 'N passed, N failed'.")
        {
            Options.All, Options.Unit, Options.Integration, Options.Suites, Options.Filter,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var modern = Has(KafkaHome.Variable) && Has(Neo4jHome.Variable);
            var (unit, integration) = (parsed.GetValue(Options.Unit), parsed.GetValue(Options.Integration));
            IEnumerable<Suite> suites = SuitePlan.Decide(parsed.GetValue(Options.Suites) ?? [], parsed.GetValue(Options.All), modern)
                .Where(suite => unit == integration || (suite == Suite.Unit) == unit);
            return await new TestRun(checkout, display, modern).RunAsync([.. suites], parsed.GetValue(Options.Filter), cancellationToken);
        });
        return command;
    }

    private static bool Has(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
