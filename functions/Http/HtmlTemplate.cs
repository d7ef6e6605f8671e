using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FundingFlow.Functions.Http;

/// <summary>
/// The compiler hands it the literals and the holes of an interpolated string; see <see cref="Html.Of"/>. A hole may stand
/// in text or in an attribute within double quotes. Where encoding does not protect (an unquoted attribute, a tag's name,
/// a script, a style, an event handler), or a link would leave http and this site, it throws.
/// </summary>
[InterpolatedStringHandler]
public ref struct HtmlTemplate(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string[] Links = ["href", "src", "action", "formaction"];
    private static readonly string[] Scripting = ["style", "srcdoc"];

    private readonly StringBuilder markup = new(literalLength + (formattedCount * 16));
    private Place place = Place.Text;
    private int tagAt;

    private enum Place { Text, Tag, Quoted, Raw }

    internal readonly string Markup => markup.ToString();

    public void AppendLiteral(string literal)
    {
        foreach (var c in literal)
        {
            markup.Append(c);
            switch (place, c)
            {
                case (Place.Text or Place.Raw, '<'):
                    (place, tagAt) = (Place.Tag, markup.Length);
                    break;
                case (Place.Tag, '>'):
                    var tag = Tag();
                    place = tag.StartsWith("script", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("style", StringComparison.OrdinalIgnoreCase)
                        ? Place.Raw : Place.Text;
                    break;
                case (Place.Tag, '"'):
                    place = Place.Quoted;
                    break;
                case (Place.Quoted, '"'):
                    place = Place.Tag;
                    break;
            }
        }
    }

    public readonly void AppendFormatted(Html part)
        => markup.Append(place == Place.Text ? part.ToString() : throw new InvalidOperationException("Markup can stand only in text."));

    public readonly void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts) AppendFormatted(part);
    }

    public readonly void AppendFormatted(int number) => AppendFormatted(number.ToString(CultureInfo.InvariantCulture));

    public readonly void AppendFormatted(string? text)
    {
        if (place is Place.Tag or Place.Raw)
            throw new InvalidOperationException("A hole must stand in text or in an attribute within double quotes.");
        if (place == Place.Quoted) CheckAttribute(text ?? "");
        if (text is not null) markup.Append(Encoder.Encode(text));
    }

    private readonly void CheckAttribute(string value)
    {
        var tag = Tag();
        var equals = tag.LastIndexOf("=\"", StringComparison.Ordinal);
        var name = tag[(tag.LastIndexOf(' ', equals) + 1)..equals];
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || Scripting.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new InvalidOperationException($"No hole can stand in the attribute {name}.");
        if (equals + 2 == tag.Length && Links.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsSafeLink(value))
            throw new InvalidOperationException($"'{value}' is neither http, https nor a path of this site.");
    }

    private readonly string Tag() => markup.ToString(tagAt, markup.Length - tagAt);

    private static bool IsSafeLink(string link)
        => (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.StartsWith("/\\", StringComparison.Ordinal))
            || link.StartsWith('?') || link.StartsWith('#')
            || link.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || link.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
