using FundingFlow.Money;
using FundingFlow.Pledges;

namespace FundingFlow.Digests.Blocks;

/// <summary>Instalments of what is committed: overdue, or due soon.</summary>
public sealed class InstalmentsBlock : IDigestBlock
{
    private sealed record Words(string Heading, Func<string, string> Overdue, Func<string, string> Due, Func<string, string, string> Of);

    private sealed record Item(DateOnly DueOn, long Minor, PledgeStory Story);

    public int Order => 30;

    public DigestPart? Read(DigestData data)
    {
        var horizon = data.Today.AddDays(data.DueAheadDays);
        var items = data.Pledges.SelectMany(StillDue).Where(item => item.DueOn < horizon).OrderBy(item => item.DueOn).ToList();
        if (items.Count == 0) return null;
        var words = WordsOf(data.Language);
        return new DigestPart(new MailSection(words.Heading, [.. items.Select(item => Row(item, data, words))]), IsNews: true);
    }

    private static IEnumerable<Item> StillDue(PledgeStory story)
    {
        if (story.Pledge.Schedule.Count == 0) return [];
        return PledgeInstalments.Of(story.Pledge.Schedule, story.Parts).Plan.Shares.Where(share => share.Committed > 0)
            .Select(share => new Item(share.DueOn!.Value, share.Committed, story));
    }

    private static MailRow Row(Item item, DigestData data, Words words)
    {
        var (language, unit, late) = (data.Language, item.Story.Pledge.Resource.Unit, item.DueOn < data.Today);
        var day = language.Date(item.DueOn);
        return new MailRow(
            words.Of(language.Amount(item.Story.Pledged, unit), item.Story.Pledge.Reference ?? item.Story.Pledge.Id),
            $"{language.Amount(item.Minor, unit)} · {(late ? words.Overdue(day) : words.Due(day))}") { Urgent = late };
    }

    private static Words WordsOf(Language language) => language.Pick(
        new Words("What is due", day => $"overdue since {day}", day => $"due on {day}", (amount, which) => $"From your pledge of {amount} ({which})"),
        new Words("Scadenze", day => $"scaduto il {day}", day => $"in scadenza il {day}", (amount, which) => $"Dal vostro impegno di {amount} ({which})"),
        new Words("Échéances", day => $"en retard depuis le {day}", day => $"à verser le {day}", (amount, which) => $"De votre promesse de {amount} ({which})"));
}
