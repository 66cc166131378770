using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts a <see cref="ReferenceExpression"/> together piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ReferenceExpressionParts _parts = new();

    /// <summary>Whether nothing has been appended yet.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Appends an interpolated string.</summary>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler holds this builder and has appended to it already.
        _ = _parts;
    }

    /// <summary>Appends text.</summary>
    public void AppendLiteral(string value) => _parts.AppendText(value);

    /// <summary>Appends text.</summary>
    public void AppendFormatted(string? value) => _parts.AppendText(value);

    /// <summary>Appends text in a format: <c>uri</c> escapes it.</summary>
    public void AppendFormatted(string? value, string? format = null) => _parts.AppendText(value, format);

    /// <summary>Appends a value.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider, null);

    /// <summary>Appends a value in a format.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AppendValue(valueProvider, format);

    /// <summary>The expression so far.</summary>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Takes an interpolated string apart; only used by the compiler.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Called by the compiler.</summary>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) => _builder = builder;

        /// <summary>Called by the compiler.</summary>
        public readonly void AppendLiteral(string value) => _builder._parts.AppendText(value);

        /// <summary>Called by the compiler.</summary>
        public readonly void AppendFormatted(string? value) => _builder._parts.AppendText(value);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted(string? value, string format) => _builder._parts.AppendText(value, format);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder._parts.AppendValue(valueProvider, null);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder._parts.AppendValue(valueProvider, format);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder._parts.AppendValue(valueProvider.Resource, null);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder._parts.AppendValue(valueProvider.Resource, format);
    }
}
