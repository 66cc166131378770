using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ContainerApps;
using CsCheck;
using MovieFriends.UnitTests.Deployment;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ManifestJsonTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    [Fact]
    public void Any_text_comes_out_of_azd_and_Bicep_as_it_went_in() => Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
    {
        var quoted = AzdManifest.Expand(ManifestJson.Object([new(text, ManifestJson.Text(text))]), expression => throw new InvalidOperationException(expression));
        Assert.DoesNotContain('\'', quoted);
        Assert.DoesNotContain('$', quoted);
        Assert.DoesNotContain("{{", quoted, StringComparison.Ordinal);
        var member = Assert.Single(JsonSerializer.Deserialize<Dictionary<string, string>>(quoted.Replace(@"\\", @"\", StringComparison.Ordinal))!);
        Assert.Equal((text, text), (member.Key, member.Value));
    });

    [Fact]
    public void Expressions_stay_expressions_and_what_stands_between_them_does_not()
    {
        var user = _builder.AddParameter("user", "known");
        var inner = ReferenceExpression.Create($"<{user}>");
        var text = ManifestJson.Text(ReferenceExpression.Create($"{{'{inner}' of {user}}}"));
        Assert.Equal(@"""\\u007b\\u0027<{user.value}>\\u0027 of {user.value}\\u007d""", text);
    }
}
