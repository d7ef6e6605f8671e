using FundingFlow.Ledger;

namespace FundingFlow.Digests.Blocks;

/// <summary>What was pledged and where it went, with the reasons.</summary>
public sealed class PledgesBlock : IDigestBlock
{
    private const int Most = 8;

    private sealed record Words(
        string Heading, Func<string, string> PledgedOn, string Proposed, string Conditional, string Committed, string Received,
        Func<string, string> Waiting, Func<string, string> NotPlaced, Func<string, string> Refused, Func<string, string> AfterEnd,
        Func<string, string> Withdrawn, Func<string, string> WrittenOff, string Reference);

    public int Order => 10;

    public DigestPart? Read(DigestData data)
    {
        var shown = Shown(data);
        if (shown.Count == 0) return null;
        var words = WordsOf(data.Language);
        List<MailElement> elements = [.. shown.Take(Most).Select(story => Card(story, data, words))];
        if (shown.Count > Most) elements.Add(new MailText(data.Language.More(shown.Count - Most)) { Quiet = true });
        return new DigestPart(new MailSection(words.Heading, elements), shown.Any(story => story.LastChangedAt >= data.Since));
    }

    /// <summary>The parts that the mail names.</summary>
    public static IEnumerable<Allocation> Told(DigestData data) => Shown(data).Take(Most).SelectMany(story => story.Parts);

    private static List<PledgeStory> Shown(DigestData data) => [.. data.Pledges.Where(story => story.Pledge.Failure is null)];

    private static MailCard Card(PledgeStory story, DigestData data, Words words)
    {
        var (pledge, language) = (story.Pledge, data.Language);
        var zone = ContactZone.Of(data.Contact, "UTC");
        var day = pledge.PledgedOn ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(pledge.SubmittedAt, zone).DateTime);
        var reference = pledge.Reference is null ? "" : $" · {words.Reference} {pledge.Reference}";
        var elements = new List<MailElement>();
        foreach (var project in story.Parts.GroupBy(part => part.ProjectId, StringComparer.Ordinal)) elements.AddRange(Project([.. project], data, words));
        foreach (var waiting in story.Lines.Where(line => line.Unallocated > 0).GroupBy(line => WaitingOf(line, words)))
        {
            Add(waiting.Key, waiting.Sum(line => line.Unallocated), quiet: false);
            var why = waiting.Where(line => !line.IsWithdrawn).Select(line => ReasonSentences.OfStanding(line, language)).OfType<string>().ToList();
            if (why.Count > 0) elements.Add(Said(why, null));
        }

        Add(words.Withdrawn, story.Lines.Sum(line => line.Withdrawn), quiet: true);
        Add(words.WrittenOff, story.Lines.Sum(line => line.WrittenOff), quiet: true);
        return new MailCard(language.Amount(story.Pledged, pledge.Resource.Unit), words.PledgedOn(language.On(day)) + reference, elements);

        void Add(Func<string, string> sentence, long minor, bool quiet)
        {
            if (minor > 0) elements.Add(new MailText(sentence(language.Amount(minor, pledge.Resource.Unit))) { Quiet = quiet });
        }
    }

    /// <summary>Not all that lies at no need waits for one.</summary>
    private static Func<string, string> WaitingOf(Line line, Words words)
        => line.IsWithdrawn ? words.AfterEnd
            : line.Standing is Standing.Declined or Standing.ProjectClosed ? words.Refused
            : line.Standing is Standing.Expired ? words.NotPlaced
            : words.Waiting;

    /// <summary>What went to one project, over its needs.</summary>
    private static IEnumerable<MailElement> Project(IReadOnlyList<Allocation> parts, DigestData data, Words words)
    {
        var language = data.Language;
        var states = new List<string>();
        Add(words.Received, part => part.Received);
        Add(words.Committed, part => part.Committed);
        Add(words.Conditional, part => part.Conditional);
        Add(words.Proposed, part => part.Proposed);
        yield return new MailRow(Where(parts[0], data), string.Join(" · ", states));
        foreach (var reasons in parts.SelectMany(part => part.Reasons).Select(reason => Told(reason, language)).GroupBy(told => told.Language))
            yield return Said(reasons.Select(reason => reason.Sentence), reasons.Key);

        void Add(string state, Func<Allocation, Placed> amount)
        {
            var minor = parts.Sum(part => amount(part).Minor);
            if (minor > 0) states.Add($"{state} {language.Amount(minor, parts[0].Unit)}");
        }
    }

    /// <summary>A reason that has no sentence in the mail's language is told in its own words, which are English.</summary>
    private static (string Sentence, string? Language) Told(Reason reason, Language language)
        => ReasonSentences.Of(reason, language) is { } sentence ? (sentence, null) : (reason.Text, language.Tag == "en" ? null : "en");

    private static MailText Said(IEnumerable<string> sentences, string? language)
        => new(string.Join(" ", sentences.Distinct(StringComparer.Ordinal)), language) { Quiet = true };

    /// <summary>The city is left out where the title names it.</summary>
    private static string Where(Allocation part, DigestData data)
        => !data.Projects.TryGetValue(part.ProjectId, out var story) ? $"{part.ProjectId} · {data.Language.Area(part.Area)}"
            : story.Project.Title.Contains(story.CityName, StringComparison.OrdinalIgnoreCase) ? story.Project.Title
            : $"{story.Project.Title} · {story.CityName}";

    /// <remarks>The state stands before the amount, so that nothing has to agree in gender and number with goods and hours.</remarks>
    private static Words WordsOf(Language language) => language.Pick(
        new Words(
            "Where your pledges went", on => $"pledged {on}", "proposed, waiting for your confirmation:", "conditional, waiting for its match:", "committed:", "received:",
            amount => $"Not placed yet: {amount}. As soon as a project comes that it fits, it goes there.",
            amount => $"Not placed: {amount}.",
            amount => $"Not placed: {amount}. The projects that you chose do not take it; answer this mail to say where it may go.",
            amount => $"Received after the end of the pledge: {amount}. We will agree with you what becomes of it.",
            amount => $"Withdrawn: {amount}.", amount => $"Written off: {amount}.", "your reference"),
        new Words(
            "Dove sono andati i vostri impegni", on => $"promesso {on}", "proposto, in attesa della vostra conferma:", "condizionato, in attesa del cofinanziamento:", "impegnato:", "ricevuto:",
            amount => $"Non ancora assegnato: {amount}. Appena ci sarà un progetto adatto, andrà lì.",
            amount => $"Non assegnato: {amount}.",
            amount => $"Non assegnato: {amount}. I progetti scelti non lo accettano; rispondete a questo messaggio per dirci dove può andare.",
            amount => $"Ricevuto dopo la fine dell’impegno: {amount}. Concorderemo con voi che cosa farne.",
            amount => $"Ritirato: {amount}.", amount => $"Stralciato: {amount}.", "vostro riferimento"),
        new Words(
            "Où sont allées vos promesses", on => $"promis {on}", "proposé, en attente de votre confirmation\u00a0:", "conditionnel, en attente du cofinancement\u00a0:", "engagé\u00a0:", "reçu\u00a0:",
            amount => $"Pas encore placé\u00a0: {amount}. Dès qu’un projet y correspondra, cela ira à lui.",
            amount => $"Non placé\u00a0: {amount}.",
            amount => $"Non placé\u00a0: {amount}. Les projets que vous avez choisis ne le prennent pas\u00a0; répondez à ce message pour nous dire où cela peut aller.",
            amount => $"Reçu après la fin de la promesse\u00a0: {amount}. Nous conviendrons avec vous de son emploi.",
            amount => $"Retiré\u00a0: {amount}.", amount => $"Passé en perte\u00a0: {amount}.", "votre référence"));
}
