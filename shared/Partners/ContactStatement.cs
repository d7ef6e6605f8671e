using System.Globalization;
using System.Text.RegularExpressions;
using FundingFlow.Cities;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Partners;

/// <summary>What is said of a digest choice; null members stay as they are.</summary>
public sealed record DigestStatement(DigestFrequency? Frequency, IReadOnlyList<string>? Areas)
{
    public static DigestStatement? Read(JsonInput input)
        => new(input.Choice<DigestFrequency>("frequency"), input.Has("areas") ? input.AreaSlugs("areas") : Asked(input));

    private static IReadOnlyList<string>? Asked(JsonInput input)
    {
        input.AreaSlugs("areas");
        return null;
    }

    public DigestChoice Over(DigestChoice present) => new(Frequency ?? present.Frequency, Areas ?? present.Areas);
}

/// <summary>What a PUT says of one contact; null members stay as they are.</summary>
/// <param name="Member">The member that an error about the shorthand names.</param>
public sealed partial record ContactStatement(
    string Id, string? Name, string? Email, string? Language, string? TimeZone, DigestStatement? Digest, string Member = "")
{
    public const string Main = "main";
    private static readonly string[] Shorthand = ["email", "language", "digest"];

    /// <param name="only">It is the only one in the list; then its id may be left out.</param>
    public static ContactStatement? Read(JsonInput input, bool only)
    {
        var id = input.Slug("id", required: !only) ?? Main;
        var email = ReadEmail(input, required: true);
        return new ContactStatement(id, input.Text("name", 100), email, ReadLanguage(input), input.TimeZone("timeZone"),
            input.Object("digest", DigestStatement.Read));
    }

    /// <summary>The top-level members email, language and digest: the contact <c>main</c>. Null when none is there.</summary>
    public static ContactStatement? ReadShorthand(JsonInput input)
    {
        var email = ReadEmail(input, required: false);
        var language = ReadLanguage(input);
        var digest = input.Object("digest", DigestStatement.Read);
        var member = Shorthand.FirstOrDefault(input.Has);
        return member is null ? null : new ContactStatement(Main, null, email, language, null, digest, member);
    }

    private static string? ReadEmail(JsonInput input, bool required)
    {
        var text = input.Text("email", 254, required);
        if (text is null || EmailAddress.IsValid(text)) return text;
        input.Error("email", EmailAddress.Rule);
        return null;
    }

    /// <summary>BCP 47, of a language that .NET knows; in its usual spelling.</summary>
    private static string? ReadLanguage(JsonInput input)
    {
        var text = input.Text("language", 35);
        if (text is null) return null;
        if (LanguageShape().IsMatch(text) && Known(text) is { } culture) return culture;
        input.Error("language", "must be a language by BCP 47 such as en, it or pt-BR");
        return null;
    }

    private static string? Known(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            return null; // .NET's way of saying that it is none.
        }
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageShape();
}
