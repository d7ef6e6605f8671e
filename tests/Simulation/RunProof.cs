using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>What must hold of a made-up life: after every step, at rest, and when all is over.</summary>
public sealed class RunProof(TestForum forum, RunMessages messages, RunPledges pledges)
{
    private long audited;

    /// <summary>How often a project's division into firm and conditional was proved once all was settled.</summary>
    public int Divisions { get; private set; }

    /// <summary>How often each kind of change is in the journals at the end.</summary>
    public Dictionary<string, int> Kinds { get; } = [];

    public async Task AuditAsync()
    {
        // Nothing was written since the last one. Conditions are proved at rest: a day may pass here while the message waits that settles them.
        if (forum.Tables.Commits == audited) return;
        audited = forum.Tables.Commits;
        var report = await new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.FromDays(1_000) }.RunAsync(TestForum.Stop);
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Differences.Take(5)));
    }

    /// <summary>Everything has been told, so the conditions of every project are settled, and that is proved.</summary>
    public async Task<AuditReport> ProveAtRestAsync()
    {
        await messages.ComeToRestAsync();
        var report = await new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.Zero }.RunAsync(TestForum.Stop);
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Differences.Take(5)));
        Divisions += report.Counts.Divisions;
        return report;
    }

    /// <summary>What was accepted is placed, what was begun is ended, and nothing is under way.</summary>
    public async Task AssertSettledAsync()
    {
        foreach (var id in pledges.Accepted)
        {
            var balance = await forum.BalanceAsync(id);
            Assert.True(balance.Status != PledgeStatus.Submitted, $"{id} was accepted and never placed.");
            Assert.Equal((id, 0), (id, balance.InTransit));
            Assert.Equal((id, balance.Pledged), (id, balance.Unallocated + balance.Withdrawn + balance.WrittenOff + balance.Proposed + balance.Conditional + balance.Committed + balance.Received));
        }

        foreach (var area in MadeUp.AreaSlugs.Append(Areas.Any))
            await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, area, "journal|", TestForum.Stop))
            {
                var entry = Wire.Read<JournalEntry>(row);
                Count(entry.Kind);
                if (entry.Postings.Any(posting => posting is { Account: Account.Pledged, Minor: > 0 })) Count("shrunk");
                if (entry is { Kind: "moved-in" } && entry.Postings.Any(posting => posting is { Account: Account.Committed, Minor: > 0 })) Count("moved-in as committed");
            }

        foreach (var row in (await forum.Tables.PageAsync(TableNames.Commands, null, 1000, null, TestForum.Stop)).Rows)
            Assert.True(Wire.Read<PledgeCommand>(row).Done, $"{row.Key} was begun and never ended.");
    }

    /// <summary>When everything that was not received is withdrawn, each need has the gap that it would have if only what was received had ever come.</summary>
    public async Task AssertOnlyReceiptsAreLeftAsync()
    {
        foreach (var area in MadeUp.AreaSlugs)
        {
            var received = new Dictionary<PartRef, long>();
            await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, area, "part|", TestForum.Stop))
            {
                var part = Wire.Read<Allocation>(row);
                var need = new PartRef(part.ProjectId, part.NeedId);
                received[need] = received.GetValueOrDefault(need) + part.Received.Value;
            }

            foreach (var need in await forum.Reader.PositionsAsync(area, TestForum.Stop))
            {
                var expected = new Figures(need.Required, 0, 0, received.GetValueOrDefault(need.Ref));
                Assert.Equal((need.Ref, expected, expected.Gap), (need.Ref, Figures.Of(need), Figures.Of(need).Gap));
            }
        }
    }

    private void Count(string kind) => Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;
}
