namespace FundingFlow.Digests.Languages;

public sealed class English() : Language("en", CultureOf("en-GB", ","))
{
    public override T Pick<T>(T english, T italian, T french) => english;

    public override string On(DateOnly day) => $"on {Date(day)}";

    public override string Percent(long whole) => $"{Number(whole)}%";
    public override string Hours(string hours, string skill) => $"{hours} hours of {skill}";
    public override string Goods(string count, string measure, string item) => measure == "piece" ? $"{count} × {item}" : $"{count} {measure} of {item}";

    public override ReasonWords Reasons => new EnglishReasons(this);

    public override string DigestTitle(string period) => $"Your pledges, {period}";
    public override string Hello(string name) => $"Dear {name},";
    public override string DigestOpening(string partner, string period) => $"This is what became of the pledges of {partner}: the news of {period}, and what comes next.";
    public override string DigestFooter(string partner, string forum) => $"You receive this because you are a contact of {partner} at {forum}.";
    public override string Unsubscribe => "Unsubscribe from these mails with one click";
    public override string More(int count) => count == 1 ? "One more is not shown here." : $"{count} more are not shown here.";
}
