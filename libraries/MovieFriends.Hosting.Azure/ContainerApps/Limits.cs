using System.Globalization;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

internal static class Limits
{
    /// <exception cref="ConfigurationException">Container Apps would refuse the value when it is deployed.</exception>
    public static void Check(string resource, string what, double value, double least, double most)
    {
        if (value < least || value > most)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{resource}: {what} = {value}: must be {least} to {most}."));
    }
}
