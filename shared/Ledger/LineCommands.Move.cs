using FundingFlow.Matching;

namespace FundingFlow.Ledger;

/// <summary>What staff move, in the pledge's unit.</summary>
/// <param name="Minor">Above 0; what is proposed goes first, then what is committed.</param>
/// <param name="Reason">In words for the donor.</param>
public sealed record Move(PartRef From, string ToArea, PartRef To, long Minor, string Reason);

internal sealed partial class LineCommands
{
    /// <summary>
    /// Moves units from one need to another: within an area in one transaction; to another area in two under one id, with the amount in transit
    /// between them, which <see cref="LinePlacer.TakeInAsync"/> ends.
    /// </summary>
    /// <param name="target">The other area's need as it stands; the own area's is read again in the transaction.</param>
    /// <returns>Why nothing was moved; null: it was, now or before. The journal says the same to a repetition.</returns>
    public async Task<string?> MoveAsync(string area, string pledgeId, Move move, Position target, string command, string by, CancellationToken stop)
    {
        await books.CommitAsync(area, area == move.ToArea ? "moved" : "moved-out", command, by, async attempt =>
        {
            if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
            if (area == move.ToArea && !attempt.IsFresh) await attempt.RefreshAsync();
            var part = await attempt.UsePartAsync(pledgeId, move.From);
            if (area == move.ToArea) await attempt.UsePartAsync(pledgeId, move.To);
            var (proposed, committed) = Moved(part, move.Minor);
            var to = area == move.ToArea ? attempt.FindPosition(move.To)?.Value ?? target with { Gone = true } : target;
            var refused = proposed + committed < move.Minor ? Fewer(line, part)
                : MoveRule.RefusesParts(line, part!.Total.Minor - move.Minor, await ThereAsync(attempt, pledgeId, move) + move.Minor)
                    ?? MoveRule.RefusesPromise(line, proposed, calendar.Today) ?? MoveRule.Refuses(line, to, move.Minor, calendar.Today);
            if (refused is null && area == move.ToArea)
                refused = await placer.CapRefusesAsync(attempt, pledgeId, to, MoveRule.Value(line, to, move.Minor).Value - Leaves(part!, to, proposed, committed), stop);
            if (refused is null)
            {
                attempt.Work.Shift(pledgeId, move.From, Account.Proposed, Account.Unallocated, part!.Proposed.Part(proposed));
                attempt.Work.Shift(pledgeId, move.From, Account.Committed, Account.Unallocated, part.Committed.Part(committed));
                if (area == move.ToArea) Put(attempt, pledgeId, move.To, move.Minor, committed, move.Reason);
                else attempt.Work.Send(pledgeId, new Sending(command, move.ToArea, move.Minor, false) { Target = move.To, Committed = committed, Reason = move.Reason });
            }

            attempt.Work.Mark(pledgeId, standing: line.Standing, note: refused is null ? $"Staff moved it: {move.Reason}" : $"Not moved. {refused}");
            return true;
        }, stop);
        return await books.FindAsync<JournalEntry>(area, LedgerKeys.Journal(pledgeId, command), stop) is { Value: { Postings: [] } entry }
            ? entry.Note!["Not moved. ".Length..] : null;
    }

    /// <summary>Units that stand in the line, put to the need that staff chose for them.</summary>
    internal static void Put(Attempt attempt, string pledgeId, PartRef need, long minor, long committed, string reason)
    {
        attempt.UsePosition(need);
        var whole = MoveRule.Value(attempt.Work.Line(pledgeId), attempt.Work.Position(need), minor);
        var firm = whole.Part(committed);
        Reason[] reasons = [.. attempt.Work.FindPart(pledgeId, need)?.Reasons ?? [], Moved(reason)];
        if (committed > 0) attempt.Work.Commit(pledgeId, need, firm);
        attempt.Work.Propose(pledgeId, need, whole - firm, reasons);
    }

    private static Reason Moved(string reason)
        => new(ReasonCode.Moved, $"Staff moved it here: {reason}") { Data = new Dictionary<string, string> { ["reason"] = reason } };

    /// <summary>What the part that it is put to holds now; another area's is looked at again when the units arrive.</summary>
    private async Task<long> ThereAsync(Attempt attempt, string pledgeId, Move move)
        => (attempt.Work.Area == move.ToArea ? attempt.Work.FindPart(pledgeId, move.To)
            : (await books.FindAsync<Allocation>(move.ToArea, LedgerKeys.Allocation(move.To.ProjectId, move.To.NeedId, pledgeId), CancellationToken.None))?.Value)?.Total.Minor ?? 0;

    /// <summary>What leaves the same project in the same unit, in the need's unit: the partner's share there does not grow by it.</summary>
    private static long Leaves(Allocation part, Position to, long proposed, long committed)
        => part.ProjectId == to.ProjectId && part.NeedUnit == to.Unit ? part.Proposed.Part(proposed).Value + part.Committed.Part(committed).Value : 0;

    private static (long Proposed, long Committed) Moved(Allocation? part, long minor)
    {
        var proposed = Math.Min(minor, part?.Proposed.Minor ?? 0);
        return (proposed, Math.Min(minor - proposed, part?.Committed.Minor ?? 0));
    }

    private static string Fewer(Line line, Allocation? part)
        => $"Only {Money.Decimals.Write((part?.Proposed.Minor ?? 0) + (part?.Committed.Minor ?? 0), line.Unit.Exponent)} is proposed or committed there now.";
}
