using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Audit;

/// <summary>
/// Proves the books, or says where they are wrong: replays the journal in code of its own, which shares nothing with the
/// ledger's but the shapes of rows, and compares every balance to the unit. Only reads. Safe beside running workers.
/// </summary>
public sealed class Auditor(ITables tables, TimeProvider clock)
{
    private const int PageSize = 1000;

    /// <summary>How long after a project's last change its conditions are settled for certain: the message may be lost, and then a round every ten minutes does it.</summary>
    public TimeSpan ToSettle { get; init; } = TimeSpan.FromMinutes(15);

    public async Task<AuditReport> RunAsync(CancellationToken stop)
    {
        // A command that was done before the books were read has had all of its effect on them.
        var before = await AllAsync<PledgeCommand>(TableNames.Commands, stop);
        if (await new SnapshotReader(tables, clock).ReadAsync([.. Areas.All, Areas.Any], stop) is not { } areas)
            return new AuditReport(new AuditCounts(0, 0, 0, 0, 0, 0, 0, 0), [], [], IsSettled: false);
        // A pledge is written before its lines, so those that are read after the lines are all that lines can have.
        var pledges = (await AllAsync<Pledge>(TableNames.Pledges, stop)).Select(row => row.Value).ToDictionary(pledge => pledge.Id, StringComparer.Ordinal);
        var commands = await AllAsync<PledgeCommand>(TableNames.Commands, stop);
        var noted = (await AllAsync<SubmittedEntry>(TableNames.Submitted, stop)).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var doneNow = (await AllAsync<PledgeCommand>(TableNames.Commands, stop)).Where(row => row.Value.Done).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);

        var findings = new Findings();
        var all = CheckAreas(areas, pledges, findings);
        var replays = all.ToLookup(replay => replay.PledgeId, StringComparer.Ordinal);
        var doneBefore = before.Where(row => row.Value.Done).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var waiting = CheckPledges(areas, pledges, replays, before, findings);
        var divisions = new ConditionCheck(areas, pledges, clock.GetUtcNow() - ToSettle, findings).Run([.. replays.SelectMany(line => line)]);
        var commandCheck = new CommandCheck(replays, findings);
        var receiptCheck = new ReceiptCheck(commands.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal), all, findings);
        receiptCheck.CheckStrays();
        foreach (var (key, command) in commands)
        {
            commandCheck.CheckNotLost(command, noted, doneNow.Contains(key));
            receiptCheck.Check(command, doneBefore.Contains(key));
            commandCheck.CheckWrittenOff(command);
            commandCheck.CheckMoved(command, doneBefore.Contains(key));
        }

        var counts = new AuditCounts(areas.Count, areas.Sum(area => area.Lines.Count), areas.Sum(area => area.Parts.Count), areas.Sum(area => area.Needs.Count),
            areas.Sum(area => area.Journal.Count), pledges.Count, waiting, commands.Count)
        { Divisions = divisions };
        return new AuditReport(counts, findings.Differences, findings.Overfills, IsSettled: true);
    }

    private List<LineReplay> CheckAreas(IReadOnlyList<AreaRows> areas, Dictionary<string, Pledge> pledges, Findings findings)
    {
        var all = new List<LineReplay>();
        foreach (var area in areas)
        {
            var replays = new LineCheck(area, findings).Run();
            new NeedCheck(area, id => pledges.TryGetValue(id, out var pledge) && pledge.Earmark.Projects.Count > 0, clock.GetUtcNow(), findings).Run(replays);
            all.AddRange(replays);
        }

        return all;
    }

    private static int CheckPledges(
        IReadOnlyList<AreaRows> areas, Dictionary<string, Pledge> pledges, ILookup<string, LineReplay> replays,
        IReadOnlyList<Keyed<PledgeCommand>> before, Findings findings)
    {
        var done = before.Select(row => row.Value).Where(command => command is { Done: true, Refused: null }).ToLookup(command => command.PledgeId, StringComparer.Ordinal);
        var lines = areas.SelectMany(area => area.Lines).ToLookup(row => row.Value.PledgeId, row => row.Value, StringComparer.Ordinal);
        foreach (var stray in replays.Where(line => !pledges.ContainsKey(line.Key)))
            findings.Add($"line of {stray.Key} in {stray.First().Area}", "there is no such pledge.");
        var waiting = 0;
        foreach (var pledge in pledges.Values)
        {
            var check = new PledgeCheck(pledge, [.. replays[pledge.Id]], [.. lines[pledge.Id]], findings);
            if (check.Run()) waiting++;
            check.CheckDone([.. done[pledge.Id]]);
        }

        return waiting;
    }

    private async Task<IReadOnlyList<Keyed<T>>> AllAsync<T>(string table, CancellationToken stop)
    {
        var all = new List<Keyed<T>>();
        string? continuation = null;
        do
        {
            var page = await tables.PageAsync(table, null, PageSize, continuation, stop);
            all.AddRange(page.Rows.Select(row => new Keyed<T>(row.Key, Wire.Read<T>(row))));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return all;
    }
}
