using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>Knows the secrets of this run, and takes them out of texts that have no flag of their own for a secret.</summary>
/// <remarks>
/// The dashboard covers every environment variable until it is asked to show it, but its protocol cannot say which
/// of them must not be shown at all. So a value is masked here when it holds a secret parameter, and when its name or
/// form says that it is a password.
/// </remarks>
internal sealed partial class SecretValues
{
    public const string Mask = "********";

    // A shorter secret stands in half of all texts by chance; it is masked where it is the whole value.
    private const int ShortestPart = 4;

    private readonly ConcurrentDictionary<string, bool> _values = new(StringComparer.Ordinal);

    public void Add(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        _values.TryAdd(value, true);
        // As it stands in an address.
        _values.TryAdd(Uri.EscapeDataString(value), true);
    }

    /// <summary>Takes note of every secret that a value is made from.</summary>
    public ValueTask AddFromAsync(object? value, CancellationToken cancellationToken) => AddFromAsync(value, [], cancellationToken);

    /// <summary>Whether a text holds a secret that is known.</summary>
    public bool IsIn(string text) => _values.Keys.Any(v => v.Length < ShortestPart ? text == v : text.Contains(v, StringComparison.Ordinal));

    /// <summary>A text without the secrets that are known.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Hide(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        // The longest first: one secret may be part of another.
        foreach (var secret in _values.Keys.OrderByDescending(v => v.Length))
        {
            if (text == secret)
                return Mask;
            if (secret.Length >= ShortestPart)
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }
        return PasswordInText().Replace(text, m => m.Groups["before"].Value + Mask);
    }

    /// <summary>The value of a variable without its secrets.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public string? HideIn(string name, string? value) =>
        string.IsNullOrEmpty(value) ? value
        : SecretName().IsMatch(name) && !bool.TryParse(value, out _) ? Mask
        : Hide(value);

    private async ValueTask AddFromAsync(object? value, HashSet<object> seen, CancellationToken cancellationToken)
    {
        if (value is IResourceBuilder<IResource> builder)
            value = builder.Resource;
        if (value is null or string || !seen.Add(value))
            return;
        if (value is ParameterResource { Secret: true } parameter)
            Add(await parameter.GetValueAsync(cancellationToken));
        if (value is IResourceWithConnectionString resource)
            await AddFromAsync(resource.ConnectionStringExpression, seen, cancellationToken);
        if (value is IValueWithReferences { References: var references })
        {
            foreach (var reference in references)
                await AddFromAsync(reference, seen, cancellationToken);
        }
    }

    [GeneratedRegex("PASSWORD|PASSWD|_PWD$|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL|^OTEL_EXPORTER_OTLP(_[A-Z]+)?_HEADERS$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(?<before>(password|passwd|pwd|secret|token|api[-_]?key)\s*=\s*|\b[a-z][a-z0-9+.-]*://[^\s/:@]*:(?=[^\s/@]*@))(?!\*{8})[^\s;,&@""']+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInText();
}
