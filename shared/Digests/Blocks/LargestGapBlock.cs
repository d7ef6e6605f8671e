using FundingFlow.Money;

namespace FundingFlow.Digests.Blocks;

/// <summary>The largest gap in the contact's areas, with a way to pledge to it.</summary>
public sealed class LargestGapBlock : IDigestBlock
{
    private sealed record Words(
        string Heading, Func<string, string, string> Place, Func<string, string> Missing, string Help, Func<string, string> Subject, string Answer);

    public int Order => 40;

    public DigestPart? Read(DigestData data)
    {
        var largest = data.Open.OrderByDescending(gap => gap.InReporting).ThenBy(gap => gap.Story.Project.Id, StringComparer.Ordinal).FirstOrDefault();
        if (largest is null) return null;
        var (language, words, project) = (data.Language, WordsOf(data.Language), largest.Story.Project);
        MailElement how = data.PledgeAddress is null
            ? new MailText(words.Answer)
            : new MailLink(words.Help, $"mailto:{data.PledgeAddress}?subject={Uri.EscapeDataString(words.Subject($"{project.Title} ({project.Id})"))}");
        var missing = words.Missing(language.Amount(largest.Minor, Unit.Of(Currency.Of(project.Currency))));
        var card = new MailCard(project.Title, words.Place(largest.Story.CityName, language.Area(largest.Area)), [new MailText(missing), how]);
        return new DigestPart(new MailSection(words.Heading, [card]), IsNews: false);
    }

    private static Words WordsOf(Language language) => language.Pick(
        new Words(
            "Where the next pledge counts most", (city, area) => $"{city} · {area}", gap => $"{gap} is still missing: the largest gap in your areas.",
            "Pledge to this project", project => $"A pledge to {project}", "To pledge to this project, simply answer this mail."),
        new Words(
            "Dove il prossimo impegno conta di più", (city, area) => $"{city} · {area}", gap => $"Mancano ancora {gap}: il divario più grande nelle vostre aree.",
            "Sostenete questo progetto", project => $"Un impegno per {project}", "Per sostenere questo progetto basta rispondere a questo messaggio."),
        new Words(
            "Là où la prochaine promesse compte le plus", (city, area) => $"{city} · {area}", gap => $"Il manque encore {gap}\u00a0: le plus grand écart dans vos domaines.",
            "Soutenir ce projet", project => $"Une promesse pour {project}", "Pour soutenir ce projet, répondez simplement à ce message."));
}
