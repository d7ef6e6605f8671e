using FundingFlow.Money;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Audit;

/// <summary>The needs of one area against their statements and against the parts that the journal places on them.</summary>
/// <param name="isTight">Whether a pledge names its projects.</param>
internal sealed class NeedCheck(AreaRows rows, Func<string, bool> isTight, DateTimeOffset now, Findings findings)
{
    /// <summary>What a lowered need releases goes in several transactions where it is much; this long they may take.</summary>
    private static readonly TimeSpan ToRelease = TimeSpan.FromMinutes(2);

    private readonly Dictionary<PartRef, Position> needs = [];
    private readonly ILookup<PartRef, JournalEntry> statements = rows.Journal
        .Where(row => row.Value.PledgeId is null && row.Value.Postings is [{ ProjectId: not null, NeedId: not null }, ..])
        .ToLookup(row => new PartRef(row.Value.Postings[0].ProjectId!, row.Value.Postings[0].NeedId!), row => row.Value);

    public void Run(IReadOnlyList<LineReplay> lines)
    {
        foreach (var (key, need) in rows.Needs)
        {
            needs[need.Ref] = need;
            if (key != $"need|{need.ProjectId}|{need.NeedId}" || need.Area != rows.Area) findings.Add($"row {key} in {rows.Area}", $"it holds the need {need.ProjectId}/{need.NeedId} of {need.Area}.");
        }

        var placed = lines.SelectMany(line => line.Needs.Select(need => (Need: need, Line: line))).ToLookup(part => part.Need, part => part.Line);
        foreach (var need in needs.Keys.Union(statements.Select(stated => stated.Key)).Union(placed.Select(part => part.Key))
                     .OrderBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal))
        {
            if (needs.TryGetValue(need, out var position)) Compare(position, [.. placed[need]]);
            else findings.Add(NameOf(need), "there is no such row, though the journal names it.");
        }

        foreach (var part in rows.Parts.Select(row => row.Value)) CheckPart(part);
        foreach (var line in lines)
            if (rows.FindLine(line.PledgeId) is { } row)
                // What one entry puts to a need, be it committed or proposed, was exchanged as one amount.
                foreach (var proposal in line.Proposals.GroupBy(part => (part.Command, part.Need)).Select(parts => parts.First() with { Minor = parts.Sum(part => part.Minor), Value = parts.Sum(part => part.Value), IsPromise = parts.Any(part => part.IsPromise) }))
                    if (needs.TryGetValue(proposal.Need, out var position))
                    {
                        CheckValue(row, position, proposal);
                        // What arrives was placed when it was promised; it stays where it was meant for on whatever day it comes.
                        if (proposal.Entry.Kind != "received") CheckDates(row, position, proposal);
                    }

        new ShareCheck(rows, needs, statements, findings).Run(lines);
    }

    /// <summary>The most of a unit that the need was ever stated to require: it may have been counted in something else before.</summary>
    public static long MostRequired(Position need, Unit unit, IEnumerable<JournalEntry> statements)
        => statements.Where(entry => (entry.Terms?.Unit ?? need.Unit) == unit).Max(entry => entry.RequiredAfter) ?? (need.Unit == unit ? need.Required : 0);

    /// <summary>The terms that the need has had, so far as statements tell.</summary>
    private IEnumerable<NeedTerms> TermsOf(Position need)
        => statements[need.Ref].SelectMany(entry => new[] { entry.TermsBefore, entry.Terms }).OfType<NeedTerms>()
            .Append(NeedTerms.Of(need));

    private void Compare(Position need, IReadOnlyList<LineReplay> lines)
    {
        var row = NameOf(need.Ref);
        CheckStatements(need, row);
        var (proposed, conditional, committed, received) = (Sum(Account.Proposed), Sum(Account.Conditional), Sum(Account.Committed), Sum(Account.Received));
        findings.Compare(row, "proposed", proposed, need.Proposed);
        findings.Compare(row, "conditional", conditional, need.Conditional);
        findings.Compare(row, "committed", committed, need.Committed);
        findings.Compare(row, "received", received, need.Received);
        if (need.Closed && proposed > 0 && now - LastStated(need) > ToRelease)
            findings.Add(row, $"its project is closed, and {proposed} is still proposed to it.");
        var filled = proposed + conditional + committed + received;
        if (filled > need.Required) CheckOverfill(need, row, filled, lines);
        CheckReserved(need, row, filled, lines);

        long Sum(Account account) => lines.Sum(line => line.Part(need.Ref, account).Value);
    }

    private DateTimeOffset LastStated(Position need) => statements[need.Ref].Select(entry => entry.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    private void CheckStatements(Position need, string row)
    {
        var stated = statements[need.Ref].OrderBy(entry => entry.Sequence).ToList();
        long? before = null;
        for (var i = 0; i < stated.Count; before = stated[i++].RequiredAfter)
        {
            if (i > 0 && stated[i].Sequence == stated[i - 1].Sequence) findings.Add(row, $"statement {stated[i].Sequence} is in the journal twice.");
            else if (stated[i].RequiredBefore != before)
                findings.Add(row, $"statement {stated[i].Sequence} says that {Words(stated[i].RequiredBefore)} was required before, the one before it says {Words(before)}: one is missing.");
        }

        findings.Compare(row, "requirement", before ?? 0, need.Required);
        findings.Compare(row, "closed", stated is [.., { Terms.Closed: true }], need.Closed);
        findings.Compare(row, "number of its last statement", stated.Count == 0 ? 0 : stated[^1].Sequence, need.Statement);
    }

    private void CheckOverfill(Position need, string row, long filled, IReadOnlyList<LineReplay> lines)
    {
        var most = MostRequired(need, need.Unit, statements[need.Ref]);
        var chosen = lines.Where(line => isTight(line.PledgeId)).ToList();
        var tight = chosen.Sum(line => line.Part(need.Ref, Account.Proposed).Value + line.Part(need.Ref, Account.Conditional).Value
            + line.Part(need.Ref, Account.Committed).Value + line.Part(need.Ref, Account.Received).Value);
        var loose = need.Proposed - chosen.Sum(line => line.Part(need.Ref, Account.Proposed).Value);
        if (filled - tight > most)
            findings.Add(row, $"it holds {filled}, of which {tight} is from pledges that chose its project; it never required more than {most}.");
        else if (loose > 0 && now - LastStated(need) > ToRelease)
            findings.Add(row, $"it requires {need.Required} and holds {filled}; {loose} of that is only proposed, chose no project, and should have been released.");
        else
            findings.Overfills.Add($"{row} holds {filled} of {need.Required}: {(tight > 0 ? $"{tight} from pledges that chose its project" : $"it was lowered from {most}")}.");
    }

    /// <summary>What is kept for a rebalance is room that there is; only who chose the project may have come above it since.</summary>
    private void CheckReserved(Position need, string row, long filled, IReadOnlyList<LineReplay> lines)
    {
        var kept = (need.Reservations ?? []).Sum(reservation => reservation.Value);
        if (kept == 0) return;
        if (need.Reservations!.Any(reservation => reservation.Value <= 0)) findings.Add(row, "it keeps room of 0 or less for a rebalance.");
        var tight = lines.Where(line => isTight(line.PledgeId)).Sum(line => line.At(need.Ref).Value);
        if (filled - tight + kept > need.Required) findings.Add(row, $"it requires {need.Required}, holds {filled} and keeps room for {kept} more.");
    }

    private void CheckPart(Allocation part)
    {
        var row = $"part of {part.PledgeId} at {part.ProjectId}/{part.NeedId} in {rows.Area}";
        if (rows.FindLine(part.PledgeId) is not { } line || !needs.TryGetValue(new PartRef(part.ProjectId, part.NeedId), out var need)) return;
        findings.Compare(row, "the need's unit", need.Unit, part.NeedUnit);
        if (line.Unit.Kind != need.Unit.Kind || (!line.Unit.IsMoney && line.Unit != need.Unit))
            findings.Add(row, $"{line.Unit.Code} {line.Unit.Measure} cannot serve a need for {need.Unit.Code} {need.Unit.Measure}.");
        var (earmark, terms) = (line.Earmark, TermsOf(need).ToList());
        if (earmark.Projects.Count > 0 && !earmark.Projects.Contains(part.ProjectId))
            findings.Add(row, $"the pledge is earmarked to {string.Join(", ", earmark.Projects)}.");
        if (earmark.Cities.Count > 0 && !terms.Exists(term => earmark.Cities.Contains(term.City)))
            findings.Add(row, $"the pledge is earmarked to the city {string.Join(", ", earmark.Cities)}; the need is in {need.City}.");
        if (earmark.Countries.Count > 0 && !terms.Exists(term => earmark.Countries.Contains(term.Country)))
            findings.Add(row, $"the pledge is earmarked to the country {string.Join(", ", earmark.Countries)}; the need is in {need.Country}.");
        if (line.Donor.Exclusions is { } never && (never.Areas.Contains(rows.Area) || never.Projects.Contains(part.ProjectId)
            || terms.TrueForAll(term => never.Cities.Contains(term.City) || never.Countries.Contains(term.Country))))
            findings.Add(row, $"its partner does not give there: it excludes {string.Join(", ", never.Areas.Concat(never.Projects).Concat(never.Cities).Concat(never.Countries))}.");
    }

    /// <summary>
    /// Judged by each of the terms that the need has had, and a day early: the journal tells moments, and a day is a day in the
    /// Forum's time zone, which is nowhere more than one off.
    /// </summary>
    private void CheckDates(Line line, Position need, Proposal proposal)
    {
        var row = $"journal of {line.PledgeId} in {rows.Area}";
        var day = DateOnly.FromDateTime(proposal.Entry.At.UtcDateTime).AddDays(-1);
        var isPromise = line.Status == StatedStatus.Pledge;
        // An amendment may have moved the date since.
        if (isPromise && proposal.IsPromise && line.Version <= 1 && line.ValidUntil < day)
            findings.Add(row, $"'{proposal.Command}' places it on {NameOf(need.Ref)} though it was valid until {line.ValidUntil:yyyy-MM-dd}.");
        if (!TermsOf(need).Any(IsOpen))
            findings.Add(row, $"'{proposal.Command}' places it on {NameOf(need.Ref)}, whose project had ended, or does not run while the time is given.");

        bool IsOpen(NeedTerms term)
        {
            var isOld = line.Earmark.Projects.Count > 0 && (!isPromise || line.PledgedOn <= term.EndsOn);
            var given = line.TimeFrom is not null || line.TimeTo is not null;
            return (!(term.EndsOn < day) || isOld) && !(given && (term.EndsOn < line.TimeFrom || line.TimeTo < term.StartsOn));
        }
    }

    /// <summary>Judged by each of the currencies that the need has had, at each of its rates: it may have been another one when this was placed.</summary>
    private void CheckValue(Line line, Position need, Proposal proposal)
    {
        var row = $"journal of {line.PledgeId} in {rows.Area}";
        var rates = line.Unit.IsMoney ? TermsOf(need).Select(term => term.Rate).OfType<ExchangeRate>().Distinct().ToList() : [];
        var others = rates.Where(rate => rate.Currency != line.Unit.Code).ToList();
        var mayBeEqual = line.Unit == need.Unit || others.Count < rates.Count;
        if (mayBeEqual && proposal.Value == proposal.Minor) return;
        if (!line.Unit.IsMoney || (mayBeEqual && others.Count == 0))
        {
            if (proposal.Value != proposal.Minor)
                findings.Add(row, $"'{proposal.Command}' proposes {proposal.Minor} to {NameOf(need.Ref)} in the same unit, counting {proposal.Value}.");
            return;
        }

        // A stated value is kept as it was stated; it follows from no rate.
        if (line.Stated is not null || line.Rate is not { } own || others.Count == 0) return;
        var (most, currency) = others.Select(rate => (Exchanged.MostOf(proposal.Minor, line.Unit, own, Unit.Of(Currency.Of(rate.Currency)), rate), rate.Currency)).Max();
        if (proposal.Value > most)
            findings.Add(row, $"'{proposal.Command}' proposes {proposal.Minor} {line.Unit.Code} to {NameOf(need.Ref)}, counting {proposal.Value} {currency}; the rates give at most {most}.");
    }

    private string NameOf(PartRef need) => $"need {need.ProjectId}/{need.NeedId} in {rows.Area}";

    private static string Words(long? required) => required is { } amount ? $"{amount}" : "nothing";
}
