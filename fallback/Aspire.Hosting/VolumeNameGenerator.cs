using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Makes volume names that differ between applications.</summary>
public static class VolumeNameGenerator
{
    private const int HashLength = 10;

    /// <summary>The application's name, a hash of its folder, the resource's name and a suffix.</summary>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        var application = builder.ApplicationBuilder;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(application.AppHostDirectory)))[..HashLength];
        var name = string.Concat(application.Environment.ApplicationName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_'));
        return $"{name}-{hash}-{builder.Resource.Name}-{suffix}".ToLowerInvariant();
    }
}
