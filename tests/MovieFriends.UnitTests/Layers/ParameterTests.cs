using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MovieFriends.UnitTests.Layers;

/// <summary>A long list of parameters is the sign of a type that does the work of several.</summary>
public sealed class ParameterTests
{
    private const int Most = 8;
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Programs and libraries; tests and benchmarks may hold many results at once, and templates are not compiled.</summary>
    private static readonly string[] s_assemblies =
    [
        .. Directory.EnumerateFiles(Repository.Root, "MovieFriends.*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Where(project => !Array.Exists(["tests", "bench", "templates"], folder => Path.GetRelativePath(Repository.Root, project).StartsWith(folder, StringComparison.Ordinal)))
            .Select(project => Path.GetFileNameWithoutExtension(project)),
    ];

    [Fact]
    public void No_constructor_and_no_method_takes_more_than_eight()
    {
        Assert.Contains("MovieFriends.Consumer", s_assemblies);
        Assert.Contains("MovieFriends.Neo4j", s_assemblies);

        Assert.Empty(
            from assembly in s_assemblies
            from type in Assembly.Load(assembly).GetTypes()
            where !IsGenerated(type)
            from member in type.GetMembers(Declared).OfType<MethodBase>()
            where member.GetParameters().Length > Most && !IsGenerated(member) && !IsLogMessage(member)
            select $"{type.FullName}.{member.Name}: {member.GetParameters().Length}");
    }

    /// <summary>Its parameters are the placeholders of its text.</summary>
    private static bool IsLogMessage(MemberInfo member) => member.IsDefined(typeof(LoggerMessageAttribute));

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.IsDefined(typeof(GeneratedCodeAttribute));
}
