using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Digests.Blocks;

/// <summary>What was pledged and where it went, with the reasons.</summary>
public sealed class PledgesBlock : IDigestBlock
{
    private const int Most = 8;

    private sealed record Words(
        string Heading, Func<string, string> PledgedOn, Func<string, string> Proposed, Func<string, string> Committed,
        Func<string, string> Received, Func<string, string> Waiting, Func<string, string> Withdrawn, string Reference);

    public int Order => 10;

    public DigestPart? Read(DigestData data)
    {
        var shown = data.Pledges.Where(story => story.Pledge.Failure is null).ToList();
        if (shown.Count == 0) return null;
        var words = WordsOf(data.Language);
        List<MailElement> elements = [.. shown.Take(Most).Select(story => Card(story, data, words))];
        if (shown.Count > Most) elements.Add(new MailText(data.Language.More(shown.Count - Most)) { Quiet = true });
        return new DigestPart(new MailSection(words.Heading, elements), shown.Any(story => story.LastChangedAt >= data.Since));
    }

    private static MailCard Card(PledgeStory story, DigestData data, Words words)
    {
        var (pledge, language) = (story.Pledge, data.Language);
        var submitted = language.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(pledge.SubmittedAt, ContactZone.Of(data.Contact, "UTC")).DateTime));
        var reference = pledge.Reference is null ? "" : $" · {words.Reference} {pledge.Reference}";
        var elements = new List<MailElement>();
        foreach (var part in story.Parts) elements.AddRange(Part(part, data, words));
        var waiting = story.Lines.Sum(line => line.Unallocated);
        if (waiting > 0) elements.Add(new MailText(words.Waiting(language.Amount(waiting, pledge.Resource.Unit))));
        var gone = story.Lines.Sum(line => line.Withdrawn);
        if (gone > 0) elements.Add(new MailText(words.Withdrawn(language.Amount(gone, pledge.Resource.Unit))) { Quiet = true });
        return new MailCard(language.Amount(pledge.Resource.Minor, pledge.Resource.Unit), words.PledgedOn(submitted) + reference, elements);
    }

    private static IEnumerable<MailElement> Part(Allocation part, DigestData data, Words words)
    {
        var language = data.Language;
        var states = new List<string>();
        if (part.Received.Minor > 0) states.Add(words.Received(language.Amount(part.Received.Minor, part.Unit)));
        if (part.Committed.Minor > 0) states.Add(words.Committed(language.Amount(part.Committed.Minor, part.Unit)));
        if (part.Proposed.Minor > 0) states.Add(words.Proposed(language.Amount(part.Proposed.Minor, part.Unit)));
        yield return new MailRow(Where(part, data), string.Join(", ", states));
        if (part.Reasons.Count > 0)
            yield return new MailText(string.Join(" ", part.Reasons.Select(reason => reason.Text)), language.Tag == "en" ? null : "en") { Quiet = true };
    }

    private static string Where(Allocation part, DigestData data)
        => data.Projects.TryGetValue(part.ProjectId, out var story)
            ? $"{story.Project.Title} · {story.CityName}"
            : $"{part.ProjectId} · {Areas.NameOf(part.Area)}";

    private static Words WordsOf(Language language) => language.Pick(
        new Words(
            "Where your pledges went", on => $"pledged on {on}", amount => $"{amount} proposed, waiting for your confirmation",
            amount => $"{amount} committed", amount => $"{amount} received",
            amount => $"{amount} waits for a project that it fits; it is placed as soon as one comes.",
            amount => $"{amount} withdrawn.", "your reference"),
        new Words(
            "Dove sono andati i vostri impegni", on => $"promesso il {on}", amount => $"{amount} proposto, in attesa della vostra conferma",
            amount => $"{amount} impegnato", amount => $"{amount} ricevuto",
            amount => $"{amount} attende un progetto adatto e verrà assegnato appena ce ne sarà uno.",
            amount => $"{amount} ritirato.", "vostro riferimento"),
        new Words(
            "Où sont allées vos promesses", on => $"promis le {on}", amount => $"{amount} proposé, en attente de votre confirmation",
            amount => $"{amount} engagé", amount => $"{amount} reçu",
            amount => $"{amount} attend un projet qui convient et sera placé dès qu’il y en aura un.",
            amount => $"{amount} retiré.", "votre référence"));
}
