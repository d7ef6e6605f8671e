namespace FundingFlow.Digests.Languages;

public sealed class French() : Language("fr", CultureOf("fr-FR", "\u00a0"))
{
    public override T Pick<T>(T english, T italian, T french) => french;

    public override string Date(DateOnly day) => day.Day == 1 ? $"1er {day.ToString("MMMM yyyy", Culture)}" : base.Date(day);

    public override string On(DateOnly day) => $"le {Date(day)}";

    public override string Percent(long whole) => $"{Number(whole)}\u00a0%";
    public override string Hours(string hours, string skill) => $"{hours} heures {De(skill)}";
    public override string Goods(string count, string measure, string item) => measure == "piece" ? $"{count} × {item}" : $"{count} {measure} {De(item)}";

    public override ReasonWords Reasons => new FrenchReasons(this);

    public override string DigestTitle(string period) => $"Vos promesses de don, {period}";
    public override string Hello(string name) => $"Bonjour {name},";
    public override string DigestOpening(string partner, string period) => $"Voici ce que sont devenues les promesses de {partner}\u00a0: les nouvelles ({period}) et la suite.";
    public override string DigestFooter(string partner, string forum) => $"Vous recevez ce message parce que vous êtes un contact de {partner} auprès de {forum}.";
    public override string Unsubscribe => "Se désabonner de ces messages en un clic";
    public override string More(int count) => count == 1 ? "Une autre n’est pas montrée ici." : $"{count} autres ne sont pas montrées ici.";

    /// <summary>Elided before a vowel; not before an h, of which only some are mute.</summary>
    internal static string De(string word) => "aàâeéèêiîoôuœ".Contains(char.ToLowerInvariant(word[0]), StringComparison.Ordinal) ? $"d’{word}" : $"de {word}";
}
