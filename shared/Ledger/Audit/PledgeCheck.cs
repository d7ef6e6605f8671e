using System.Numerics;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;

namespace FundingFlow.Ledger.Audit;

/// <summary>One pledge over all of its lines: conservation, the way between areas, and what it may go to.</summary>
internal sealed class PledgeCheck(Pledge pledge, IReadOnlyList<LineReplay> replays, IReadOnlyList<Line> lines, Findings findings)
{
    private readonly long original = pledge.Resource.Minor - pledge.Amended;
    private readonly string row = $"pledge {pledge.Id}";

    /// <returns>Whether a part of it has no line yet.</returns>
    public bool Run()
    {
        foreach (var line in lines) CheckTerms(line);
        foreach (var replay in replays) CheckArea(replay);
        if (pledge.SmallestPart is { } smallest)
            foreach (var replay in replays) CheckSmallestPart(replay, smallest);
        new SendingCheck(row, replays, lines, findings).Run();
        var opened = replays.Sum(replay => replay.Opened ?? 0);
        var expected = Expected();
        foreach (var replay in replays) CheckOpened(replay, expected);
        // An area that takes none of so few units has no line, and need not get one.
        var mayWait = expected is null || expected.Any(part => part.Most > 0 && !replays.Any(replay => replay.Area == part.Area && replay.Opened is not null));
        if (opened > original || (opened < original && !mayWait))
            findings.Add(row, $"its lines were opened with {opened} together, expected {original}.");
        CheckConservation(original - opened);
        return opened < original;
    }

    /// <summary>What commands on it that were done before the books were read must have left.</summary>
    public void CheckDone(IReadOnlyList<PledgeCommand> done)
    {
        if (done.Any(command => command.Kind == "withdraw")) CheckClosed("withdrawn", pledge.Version, [Account.Proposed, Account.Conditional, Account.Committed]);
        if (pledge.ExpiredVersion is { } version && done.Any(command => command.Kind == "expire")) CheckClosed("expired", version, [Account.Proposed]);
        var amendments = pledge.Amendments.Where(amendment => done.Any(command => command.Id == amendment.Id)).ToList();
        foreach (var amendment in amendments) CheckAmended(amendment);
        if (amendments.Count < pledge.Amendments.Count || amendments.Count == 0) return;
        foreach (var line in lines.Where(line => line.ValidUntil != pledge.ValidUntil))
            findings.Add($"line of {pledge.Id} in {line.Area}", $"it is valid until {line.ValidUntil}, expected {pledge.ValidUntil}.");
    }

    /// <summary>All that a finished withdrawal or expiry leaves is what it does not take back, and what was received after it.</summary>
    private void CheckClosed(string how, int version, Account[] takenBack)
    {
        foreach (var replay in replays)
        {
            var left = replay[Account.Unallocated] + replay.Needs.Sum(need => takenBack.Sum(account => replay.Part(need, account).Minor)) - replay.StandsSinceWithdrawal;
            if (left > 0) findings.Add($"line of {pledge.Id} in {replay.Area}", $"the pledge was {how}, yet {left} of it is still pledged or committed.");
        }

        CheckVersions(how, version, least: 0);
    }

    private void CheckAmended(Amendment amendment)
    {
        var booked = -(from replay in replays
                       from entry in replay.Entries
                       where entry.Command == amendment.Id || entry.Command.StartsWith(amendment.Id + ".", StringComparison.Ordinal)
                       from posting in entry.Postings
                       where posting.Account == Account.Pledged
                       select posting.Minor).Sum();
        findings.Compare($"{row}, amendment {amendment.Id}", "what its lines grew by", amendment.Delta + amendment.Short, booked);
        CheckVersions("amended", amendment.Version, least: 1);
    }

    /// <param name="least">1 leaves out lines that have no version of their own: opened since, by what a line that had it sent.</param>
    private void CheckVersions(string how, int version, int least)
    {
        foreach (var line in lines.Where(line => line.Version < version && line.Version >= least))
            findings.Add($"line of {pledge.Id} in {line.Area}", $"its version is {line.Version}, though the pledge was {how} in version {version}.");
    }

    private void CheckTerms(Line line)
    {
        var name = $"line of {pledge.Id} in {line.Area}";
        findings.Compare(name, "unit", pledge.Resource.Unit, line.Unit);
        findings.Compare(name, "partner", pledge.PartnerId, line.Donor.PartnerId);
        findings.Compare(name, "smallest part", pledge.SmallestPart, line.SmallestPart);
        if (line.Version > pledge.Version) findings.Add(name, $"its version is {line.Version}, above the pledge's {pledge.Version}.");
        if (Words(line.Earmark) != Words(pledge.Earmark)) findings.Add(name, $"its earmark is {Words(line.Earmark)}, expected {Words(pledge.Earmark)}.");
    }

    private void CheckArea(LineReplay replay)
    {
        if (pledge.Areas.Count > 0 && replay.Needs.Any() && !pledge.Areas.Any(share => share.Area == replay.Area))
            findings.Add($"line of {pledge.Id} in {replay.Area}", $"it has parts, and the pledge is for {string.Join(", ", pledge.Areas.Select(share => share.Area))}.");
    }

    /// <summary>What was placed, and what a release left proposed; what a withdrawal leaves received is as it came.</summary>
    private void CheckSmallestPart(LineReplay replay, long smallest)
    {
        foreach (var part in replay.PartChanges.Where(part => part.Total > 0 && part.Total < smallest && (part.Added || part.Proposed > 0)))
            findings.Add($"journal of {pledge.Id} in {replay.Area}",
                $"'{part.Command}' leaves {part.Total} at {part.Need.ProjectId}/{part.Need.NeedId}; the pledge's smallest part is {smallest}.");
    }

    private void CheckOpened(LineReplay replay, IReadOnlyList<(string Area, long Least, long Most)>? expected)
    {
        var part = (expected ?? []).FirstOrDefault(part => part.Area == replay.Area);
        // Opened by what another area sent back, before its own share.
        if (replay.Opened is not { } opened) return;
        if (opened < part.Least || opened > part.Most)
            findings.Add($"line of {pledge.Id} in {replay.Area}", $"it was opened with {opened}, expected {part.Least}{(part.Least == part.Most ? "" : $" to {part.Most}")}.");
    }

    /// <summary>Every smallest unit is somewhere, by the rows themselves.</summary>
    private void CheckConservation(long notOpened)
    {
        var increased = replays.Sum(replay => replay.Increased + replay.Amended);
        var placed = replays.Sum(replay => replay.Needs.Sum(need
            => replay.Part(need, Account.Proposed).Minor + replay.Part(need, Account.Conditional).Minor + replay.Part(need, Account.Committed).Minor
                + replay.Part(need, Account.Received).Minor));
        var inTransit = lines.Sum(line => line.MovedOut) - lines.Sum(line => line.MovedIn);
        var found = placed + lines.Sum(line => line.Unallocated + line.Withdrawn + line.WrittenOff) + inTransit + notOpened;
        findings.Compare(row, "all that its rows hold together", original + increased, found);
    }

    /// <summary>What each area's line must be opened with; null: not decided yet.</summary>
    private IReadOnlyList<(string Area, long Least, long Most)>? Expected()
    {
        if (pledge.Split is { } split) return [.. split.Select(part => (part.Area, part.Minor, part.Minor))];
        if (pledge.Hold) return [(Areas.Any, original, original)];
        if (pledge.Areas.Count == 0) return null;
        // By share; which areas take the units that do not divide is a rule of the ledger's, so either is right here.
        var weights = pledge.Areas.Select(area => area.Share is { } share ? (long)(share * 1_000_000_000m) : 1L).ToList();
        var sum = weights.Sum();
        return [.. pledge.Areas.Select((area, i) =>
        {
            var least = BigInteger.DivRem(new BigInteger(original) * weights[i], sum, out var rest);
            return (area.Area, (long)least, (long)least + (rest.IsZero ? 0 : 1));
        })];
    }

    private static string Words(Earmark earmark)
        => $"[{string.Join(", ", earmark.Projects.Concat(earmark.Cities).Concat(earmark.Countries))}]";
}
