using System.Reflection;
using System.Runtime.CompilerServices;

namespace MovieFriends.Producer;

/// <summary>Lets the runtime compile code before it is needed, at a time when there is nothing else to do.</summary>
internal static class JitWarmUp
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compiles the methods of types, also those that the compiler made of their iterators, closures and asynchronous methods.</summary>
    public static void Run(params IEnumerable<Type> types)
    {
        foreach (var type in types.Where(type => !type.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(Own).Where(method => !method.IsAbstract && !method.ContainsGenericParameters))
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            Run(type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public));
        }
    }
}
