using System.Numerics;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Audit;

/// <summary>
/// The share cap of one area: what a partner's lines placed at a project under a cap, which their entries name, is at most that share of
/// the most that the project's needs ever required in that unit. What was placed while no cap was set, and what tight earmarks brought, is not held to it.
/// </summary>
internal sealed class ShareCheck(
    AreaRows rows, IReadOnlyDictionary<PartRef, Position> needs, ILookup<PartRef, JournalEntry> statements, Findings findings)
{
    private static readonly Account[] Accounts = [Account.Proposed, Account.Conditional, Account.Committed, Account.Received];

    private sealed record Share(string PartnerId, string ProjectId, Unit Unit);

    public void Run(IReadOnlyList<LineReplay> lines)
    {
        var held = new Dictionary<Share, BigInteger>();
        var caps = new Dictionary<Share, int>();
        var free = new HashSet<Share>();
        foreach (var line in lines)
        {
            if (rows.FindLine(line.PledgeId) is not { Earmark.Projects.Count: 0 } row) continue;
            foreach (var need in line.Needs.Where(needs.ContainsKey))
                if (ShareOf(row, need) is var share)
                    held[share] = held.GetValueOrDefault(share) + Accounts.Sum(account => line.Part(need, account).Value);
            foreach (var proposal in line.Proposals.Where(proposal => needs.ContainsKey(proposal.Need)))
            {
                var share = ShareOf(row, proposal.Need);
                if (proposal.Entry.SharePercent is { } percent) caps[share] = Math.Max(percent, caps.GetValueOrDefault(share));
                else free.Add(share);
            }
        }

        foreach (var (share, percent) in caps.Where(cap => !free.Contains(cap.Key)))
            if (held.GetValueOrDefault(share) is var filled && MostRequired(share) * percent / 100 is var most && filled > most)
                findings.Add($"partner {share.PartnerId} at {share.ProjectId} in {rows.Area}", $"it fills {filled} {share.Unit.Code}; {percent} % of what the project required is {most}.");
    }

    private Share ShareOf(Line line, PartRef need) => new(line.Donor.PartnerId, need.ProjectId, needs[need].Unit);

    private BigInteger MostRequired(Share share)
        => needs.Values.Where(need => need.ProjectId == share.ProjectId).Aggregate(BigInteger.Zero, (sum, need) => sum + NeedCheck.MostRequired(need, share.Unit, statements[need.Ref]));
}
