namespace Aspire.Hosting.ApplicationModel;

internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Fault(name) is { } fault)
            throw new ArgumentException($"'{name}' is no {kind} name: {fault}.", nameof(name));
    }

    private static string? Fault(string name) => name switch
    {
        { Length: < 1 or > MaxLength } => $"it must have 1 to {MaxLength} characters",
        _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "only ASCII letters, digits and hyphens are allowed",
        _ when !char.IsAsciiLetter(name[0]) => "it must start with an ASCII letter",
        _ when name.EndsWith('-') => "it must not end with a hyphen",
        _ when name.Contains("--", StringComparison.Ordinal) => "hyphens must not follow each other",
        _ => null,
    };
}
