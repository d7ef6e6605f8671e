using FundingFlow.Partners;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Audit;

/// <summary>
/// At each project with conditions, what is firm against the division that the journal's balances and the pledges' own conditions
/// give. A project is compared once all that changed at it has been told and had its time to be settled.
/// </summary>
/// <param name="settledBefore">Changes up to then have been settled.</param>
internal sealed class ConditionCheck(IReadOnlyList<AreaRows> areas, Dictionary<string, Pledge> pledges, DateTimeOffset settledBefore, Findings findings)
{
    private readonly Dictionary<(string Area, PartRef Need), Money.Unit> units = areas
        .SelectMany(area => area.Needs.Select(row => (area.Area, Need: row.Value))).ToLookup(need => (need.Area, need.Need.Ref), need => need.Need.Unit)
        .ToDictionary(need => need.Key, need => need.First());

    private readonly ILookup<(string Area, string PledgeId, PartRef Need), Allocation> rows = areas
        .SelectMany(area => area.Parts.Select(row => (area.Area, Part: row.Value)))
        .ToLookup(part => (part.Area, part.Part.PledgeId, new PartRef(part.Part.ProjectId, part.Part.NeedId)), part => part.Part);

    private static readonly Account[] Confirmed = [Account.Conditional, Account.Committed, Account.Received];

    /// <returns>How many projects were compared.</returns>
    public int Run(IReadOnlyList<LineReplay> lines)
    {
        foreach (var area in areas) CheckParts(area);
        var untold = areas.SelectMany(area => area.Untold).ToHashSet(StringComparer.Ordinal);
        var changedAt = (from line in lines
                         from entry in line.Entries
                         from posting in entry.Postings
                         where posting.ProjectId is not null
                         group entry.At by posting.ProjectId into project
                         select (project.Key, At: project.Max())).ToDictionary(project => project.Key, project => project.At, StringComparer.Ordinal);
        var compared = 0;
        foreach (var project in lines.SelectMany(line => line.Needs.Select(need => (need.ProjectId, Line: line, Need: need))).GroupBy(part => part.ProjectId, StringComparer.Ordinal))
        {
            if (!project.Any(part => ConditionsOf(part.Line.PledgeId).Count > 0)) continue;
            if (untold.Contains(project.Key) || changedAt[project.Key] > settledBefore) continue;
            compared++;
            foreach (var unit in project.Where(part => UnitOf(part.Line, part.Need) is { IsMoney: true }).GroupBy(part => UnitOf(part.Line, part.Need)))
                Compare(project.Key, [.. unit.Select(part => (part.Line, part.Need))]);
        }

        return compared;
    }

    private void Compare(string projectId, IReadOnlyList<(LineReplay Line, PartRef Need)> parts)
    {
        var shares = parts.GroupBy(part => part.Line.PledgeId, StringComparer.Ordinal).Select(pledge => ShareOf(pledge.Key, [.. pledge])).ToList();
        var division = new Division(shares);
        foreach (var share in shares.Where(share => share.Conditions.Count > 0))
        {
            var name = $"pledge {share.PledgeId} at {projectId}";
            if (division.Greatest is { } greatest) findings.Compare(name, "what is firm", greatest[share], share.Firm);
            else if (!division.Allows(share)) findings.Add(name, $"{share.Firm} of it is firm; its conditions let no more than {share.Received} be.");
            CheckSpread(name, [.. parts.Where(part => part.Line.PledgeId == share.PledgeId)], share);
        }
    }

    /// <summary>Over its needs, what is firm and has not arrived goes by what has not arrived: each within one unit of its share.</summary>
    private void CheckSpread(string name, IReadOnlyList<(LineReplay Line, PartRef Need)> parts, Share share)
    {
        var (firm, open) = (share.Firm - share.Received, share.Minor - share.Received);
        foreach (var (line, need) in parts)
        {
            var (committed, conditional) = (line.Part(need, Account.Committed).Minor, line.Part(need, Account.Conditional).Minor);
            var exact = open.IsZero ? 0 : firm * (committed + conditional);
            if (System.Numerics.BigInteger.Abs((committed * open) - exact) > open)
                findings.Add(name, $"{committed} is committed at {need.NeedId} in {line.Area}, more than a unit from its share of {firm}.");
        }
    }

    private Share ShareOf(string pledgeId, IReadOnlyList<(LineReplay Line, PartRef Need)> parts)
    {
        Held Sum(params Account[] accounts)
        {
            var held = parts.SelectMany(part => accounts.Select(account => part.Line.Part(part.Need, account))).ToList();
            return new Held(held.Sum(one => one.Minor), held.Sum(one => one.Value));
        }

        var all = Sum(Confirmed);
        var row = rows[(parts[0].Line.Area, pledgeId, parts[0].Need)].FirstOrDefault();
        return new Share(pledgeId, pledges.TryGetValue(pledgeId, out var pledge) ? pledge.PartnerId : "", row?.Sector, all.Minor, all.Value,
            Sum(Account.Received).Minor, Sum(Account.Committed, Account.Received).Minor, ConditionsOf(pledgeId));
    }

    private void CheckParts(AreaRows area)
    {
        foreach (var part in area.Parts.Select(row => row.Value))
        {
            var row = $"part of {part.PledgeId} at {part.ProjectId}/{part.NeedId} in {area.Area}";
            if (Storage.Wire.Write(part.Conditions) != Storage.Wire.Write(ConditionsOf(part.PledgeId))) findings.Add(row, "its conditions are not the pledge's.");
            if (part.Sector is { } sector && area.FindLine(part.PledgeId) is { } line) findings.Compare<Sector?>(row, "sector", line.Donor.Sector, sector);
            if (part.Conditional.Minor > 0 && part.Conditions.Count == 0) findings.Add(row, "it is conditional, and the pledge has no conditions.");
        }
    }

    private IReadOnlyList<MatchCondition> ConditionsOf(string pledgeId) => pledges.TryGetValue(pledgeId, out var pledge) ? pledge.Conditions : [];

    private Money.Unit? UnitOf(LineReplay line, PartRef need) => units.GetValueOrDefault((line.Area, need));
}
