namespace FundingFlow.Digests.Languages;

public sealed class Italian() : Language("it", CultureOf("it-IT", "."))
{
    public override T Pick<T>(T english, T italian, T french) => italian;

    public override string On(DateOnly day) => $"{(day.Day is 8 or 11 ? "l’" : "il ")}{Date(day)}";

    public override string Percent(long whole) => $"{Number(whole)}%";
    public override string Hours(string hours, string skill) => $"{hours} ore di {skill}";
    public override string Goods(string count, string measure, string item) => measure == "piece" ? $"{count} × {item}" : $"{count} {measure} di {item}";

    public override ReasonWords Reasons => new ItalianReasons(this);

    public override string DigestTitle(string period) => $"I vostri impegni, {period}";
    public override string Hello(string name) => $"Gentile {name},";
    public override string DigestOpening(string partner, string period) => $"ecco che cosa è stato degli impegni di {partner}: le novità ({period}) e i prossimi passi.";
    public override string DigestFooter(string partner, string forum) => $"Ricevete questo messaggio perché siete un contatto di {partner} presso {forum}.";
    public override string Unsubscribe => "Annullate l’iscrizione a questi messaggi con un clic";
    public override string More(int count) => count == 1 ? "Un altro non è mostrato qui." : $"Altri {count} non sono mostrati qui.";
}
