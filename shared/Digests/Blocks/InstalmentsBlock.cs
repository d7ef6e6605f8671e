using FundingFlow.Money;
using FundingFlow.Pledges;

namespace FundingFlow.Digests.Blocks;

/// <summary>Instalments of what is committed: overdue, or due soon.</summary>
public sealed class InstalmentsBlock : IDigestBlock
{
    private sealed record Words(string Heading, Func<DateOnly, string> Overdue, Func<DateOnly, string> Due, Func<string, string, string> Of);

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
        return new MailRow(
            words.Of(language.Amount(item.Story.Pledged, unit), item.Story.Pledge.Reference ?? item.Story.Pledge.Id),
            $"{language.Amount(item.Minor, unit)} · {(late ? words.Overdue(item.DueOn) : words.Due(item.DueOn))}") { Urgent = late };
    }

    private static Words WordsOf(Language language) => language.Pick(
        new Words("What is due", day => $"overdue since {language.Date(day)}", day => $"due {language.On(day)}", (amount, which) => $"From your pledge of {amount} ({which})"),
        new Words("Scadenze", day => $"scaduto {language.On(day)}", day => $"in scadenza {language.On(day)}", (amount, which) => $"Dal vostro impegno di {amount} ({which})"),
        new Words("Échéances", day => $"en retard depuis {language.On(day)}", day => $"à verser {language.On(day)}", (amount, which) => $"De votre promesse de {amount} ({which})"));
}
