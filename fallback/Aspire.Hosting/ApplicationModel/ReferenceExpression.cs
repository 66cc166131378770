using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with parts that are known only at run time, and by name in the manifest.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The empty text.</summary>
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    private ReferenceExpression(string format, IValueProvider[] providers, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = providers;
        ManifestExpressions = manifestExpressions;
        StringFormats = stringFormats;
    }

    /// <summary>The text with <c>{0}</c>, <c>{1}</c>, ... in the places of its parts.</summary>
    public string Format { get; }

    /// <summary>The parts.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The parts as the manifest names them.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>The format of each part: <c>uri</c> escapes it, null leaves it alone.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <inheritdoc/>
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        // The parts may be slow to come: all are asked for before the first is awaited.
        var pending = ValueProviders.Select(p => p.GetValueAsync(context, cancellationToken).AsTask()).ToArray();
        var values = await Task.WhenAll(pending);
        for (var i = 0; i < values.Length; i++)
        {
            if (StringFormats[i] == ReferenceExpressionParts.UriFormat)
                values[i] = Uri.EscapeDataString(values[i] ?? "");
        }
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static ReferenceExpression Create(string format, IValueProvider[] providers, string[] manifestExpressions, string?[] stringFormats) =>
        new(format, providers, manifestExpressions, stringFormats);

    /// <summary>Takes an interpolated string apart; only used by the compiler.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ReferenceExpressionParts _parts;

        /// <summary>Called by the compiler.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) => _parts = new(literalLength, formattedCount);

        /// <summary>Called by the compiler.</summary>
        public readonly void AppendLiteral(string value) => _parts.AppendText(value);

        /// <summary>Called by the compiler.</summary>
        public readonly void AppendFormatted(string? value) => _parts.AppendText(value);

        /// <summary>Called by the compiler.</summary>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.AppendText(value, format);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider, null);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider, format);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider.Resource, null);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => _parts.Build();
    }
}
