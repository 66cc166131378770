using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.AppHost.Servers;

/// <summary>Refuses names of topics that every service would refuse, before any server is started for them.</summary>
internal static class TopicNames
{
    /// <exception cref="StartRefusedException">A name is not one, or both are the same.</exception>
    public static void Check(IConfiguration configuration)
    {
        var defaults = new TopicOptions();
        var options = new TopicOptions
        {
            Charges = configuration[Key(nameof(TopicOptions.Charges))] ?? defaults.Charges,
            DeadLetters = configuration[Key(nameof(TopicOptions.DeadLetters))] ?? defaults.DeadLetters,
        };
        var faults = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            return;
        }

        var member = faults[0].MemberNames.Single();
        throw new StartRefusedException($"{Key(member)}: '{(member == nameof(TopicOptions.Charges) ? options.Charges : options.DeadLetters)}' is not allowed; {faults[0].ErrorMessage}");
    }

    private static string Key(string name) => $"{TopicOptions.Section}:{name}";
}
