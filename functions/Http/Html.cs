namespace FundingFlow.Functions.Http;

/// <summary>
/// Markup that is safe to send: made only of the literals in our source, and of holes that are encoded. There is no
/// way to turn a text into it unencoded, so a page built of it cannot carry a script that came in as data.
/// </summary>
public readonly struct Html
{
    public static readonly Html Empty;

    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary><c>Html.Of($"&lt;p&gt;{anything}&lt;/p&gt;")</c>: the literal parts stay, the holes are encoded.</summary>
    public static Html Of(HtmlTemplate template) => new(template.Markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.markup)));

    public static Html When(bool condition, Func<Html> then) => condition ? then() : Empty;

    public override string ToString() => markup ?? "";
}
