using System.Text.Json;

namespace FundingFlow.Validation;

/// <summary>The getters of lists of texts.</summary>
public sealed partial class JsonInput
{
    /// <summary>Slugs without repetition; each is checked by <paramref name="isKnown"/> when given.</summary>
    public IReadOnlyList<string> Slugs(string name, int most = 100, Func<string, bool>? isKnown = null, string unknown = "is not known")
    {
        var slugs = new List<string>();
        foreach (var (item, pointer) in Items(name, most))
        {
            if (item.ValueKind != JsonValueKind.String) Errors.Add(pointer, "must be a text");
            else if (!Validation.Slug.IsValid(item.GetString()!)) Errors.Add(pointer, Validation.Slug.Rule);
            else if (isKnown is not null && !isKnown(item.GetString()!)) Errors.Add(pointer, unknown);
            else if (slugs.Contains(item.GetString()!)) Errors.Add(pointer, "is given twice");
            else slugs.Add(item.GetString()!);
        }

        return slugs;
    }

    /// <summary>Texts (see <see cref="Text"/>), in order.</summary>
    public IReadOnlyList<string> Texts(string name, int most = 100, int longest = 200)
    {
        var texts = new List<string>();
        foreach (var (item, pointer) in Items(name, most))
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()!.Trim() : "";
            if (text.Length == 0 || text.Length > longest || text.Any(PlainText.Refuses))
                Errors.Add(pointer, $"must be a text of 1 to {longest} characters without control characters");
            else texts.Add(text);
        }

        return texts;
    }
}
