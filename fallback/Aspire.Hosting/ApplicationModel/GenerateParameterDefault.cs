using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Look-alikes are left out, and signs that connection strings, shells or URIs would need escaped.
    private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>The least number of characters.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether lower-case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether special characters may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>The least number of lower-case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>The least number of upper-case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>The least number of digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>The least number of special characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc/>
    public override string GetDefaultValue()
    {
        (bool Allowed, string Characters, int Min)[] classes =
            [(Lower, LowerCharacters, MinLower), (Upper, UpperCharacters, MinUpper), (Numeric, NumericCharacters, MinNumeric), (Special, SpecialCharacters, MinSpecial)];
        var all = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        var required = classes.Where(c => c.Allowed).Sum(c => c.Min);
        var value = new List<char>();
        foreach (var (allowed, characters, min) in classes)
        {
            if (allowed)
                value.AddRange(RandomNumberGenerator.GetItems<char>(characters, min));
        }
        value.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - required)));
        var shuffled = value.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return new string(shuffled);
    }

    /// <inheritdoc/>
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        (string Name, bool Value)[] switches = [("lower", Lower), ("upper", Upper), ("numeric", Numeric), ("special", Special)];
        foreach (var (name, value) in switches)
        {
            if (!value)
                writer.WriteBoolean(name, value);
        }
        (string Name, int Value)[] counts = [("minLower", MinLower), ("minUpper", MinUpper), ("minNumeric", MinNumeric), ("minSpecial", MinSpecial)];
        foreach (var (name, value) in counts)
        {
            if (value > 0)
                writer.WriteNumber(name, value);
        }
        writer.WriteEndObject();
    }
}
