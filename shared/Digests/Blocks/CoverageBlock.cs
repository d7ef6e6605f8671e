using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Digests.Blocks;

/// <summary>How far the projects are covered that the partner's pledges went to, as a picture and in words.</summary>
public sealed class CoverageBlock : IDigestBlock
{
    private const int Most = 6;
    private const int MostUnits = 3;

    private sealed record Words(string Heading, string Covered, string Of, string AlsoProposed, string Conditional, Func<string, string> NothingStated);

    public int Order => 20;

    public DigestPart? Read(DigestData data)
    {
        var ids = data.Pledges.SelectMany(story => story.Parts).Select(part => part.ProjectId).Distinct(StringComparer.Ordinal);
        var shown = ids.Select(id => data.Projects.GetValueOrDefault(id)).OfType<ProjectStory>().Where(story => story.Positions.Count > 0).ToList();
        if (shown.Count == 0) return null;
        var words = WordsOf(data.Language);
        List<MailElement> elements = [.. shown.Take(Most).Select(story => Card(story, data.Language, words))];
        if (shown.Count > Most) elements.Add(new MailText(data.Language.More(shown.Count - Most)) { Quiet = true });
        return new DigestPart(new MailSection(words.Heading, elements), IsNews: false);
    }

    private static MailCard Card(ProjectStory story, Language language, Words words)
    {
        var units = story.Positions.GroupBy(position => position.Unit).OrderBy(unit => unit.Key.Kind).ThenBy(unit => unit.Key.Code, StringComparer.Ordinal);
        return new MailCard(story.Project.Title, story.CityName, [.. units.Take(MostUnits).Select(unit => Bar(unit.Key, [.. unit], language, words))]);
    }

    private static MailElement Bar(Unit unit, IReadOnlyList<Position> positions, Language language, Words words)
    {
        var (required, funding, proposed) = (positions.Sum(p => p.Required), positions.Sum(p => p.Funding), positions.Sum(p => p.Proposed));
        if (required == 0) return new MailText(words.NothingStated(language.Amount(funding, unit)));
        var percent = PercentOf(funding, required);
        var share = percent == 0 && funding > 0 ? $"< {language.Percent(1)}" : language.Percent(percent);
        var have = unit.IsMoney ? language.Amount(funding, unit) : language.Count(funding, unit);
        var caption = $"{words.Covered} {share} – {have} {words.Of} {language.Amount(required, unit)}.";
        if (proposed > 0) caption += $" {words.AlsoProposed} {language.Amount(proposed, unit)}.";
        var conditional = positions.Sum(p => p.Conditional);
        if (conditional > 0) caption += $" {words.Conditional} {language.Amount(conditional, unit)}.";
        return new MailBar(ShareOf(funding, required), ShareOf(proposed, required), caption);
    }

    /// <summary>For the picture: something is never drawn as nothing.</summary>
    private static int ShareOf(long part, long whole) => part > 0 ? (int)Math.Clamp(PercentOf(part, whole), 1, 100) : 0;

    /// <summary>Rounded down: 100 means all of it.</summary>
    private static long PercentOf(long part, long whole) => (long)((Int128)part * 100 / whole);

    private static Words WordsOf(Language language) => language.Pick(
        new Words("How far these projects are", "Covered:", "of", "Proposed on top:", "Confirmed on top, waiting for its match:", amount => $"So far {amount}; no requirement is stated."),
        new Words("A che punto sono questi progetti", "Copertura:", "su", "Proposto in più:", "Confermato in più, in attesa del cofinanziamento:", amount => $"Finora {amount}; nessun fabbisogno indicato."),
        new Words(
            "Où en sont ces projets", "Couverture\u00a0:", "sur", "Proposé en plus\u00a0:", "Confirmé en plus, en attente du cofinancement\u00a0:", amount => $"À ce jour {amount}\u00a0; aucun besoin chiffré."));
}
