using System.Reflection;
using System.Xml.Linq;
using PublicApiGenerator;
using Xunit;

namespace MovieFriends.UnitTests.PublicApi;

/// <summary>What the packages promise to those who use them is in a file each: a change of it is seen by whoever reads the change.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions s_options = new()
    {
        IncludeAssemblyAttributes = false,

        // An extension of a host's builder is where the builder is, in Microsoft.Extensions.Hosting.
        DenyNamespacePrefixes = [],
        ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.CodeDom.Compiler.GeneratedCodeAttribute"],
    };

    /// <summary>Every project in <c>libraries/</c> that can be packed.</summary>
    public static TheoryData<string> Libraries() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "libraries"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => XDocument.Load(project).Descendants("IsPackable").Any(value => value.Value == "true"))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_interface_of_a_library_is_the_one_that_was_agreed_on(string library)
    {
        var agreedFile = Path.Combine("tests", "MovieFriends.UnitTests", "PublicApi", $"{library}.txt");
        var agreed = Path.Combine(Repository.Root, agreedFile) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];
        var found = Assembly.Load(library).GeneratePublicApi(s_options).ReplaceLineEndings("\n").TrimEnd().Split('\n');
        if (agreed.SequenceEqual(found))
            return;

        var foundFile = Path.Combine("artifacts", "public-api", $"{library}.txt");
        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "public-api"));
        File.WriteAllText(Path.Combine(Repository.Root, foundFile), string.Join('\n', found) + '\n');
        Assert.Fail(
            $"""
            {library} has another public interface than {agreedFile} says:

            {string.Join('\n', [.. agreed.Except(found).Select(line => $"- {line}"), .. found.Except(agreed).Select(line => $"+ {line}")])}

            If that is meant, copy {foundFile} over {agreedFile}, and say it in CHANGELOG.md.
            """);
    }
}
