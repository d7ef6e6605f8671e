using FundingFlow.Matching;

namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>
    /// Books what arrived; <paramref name="amounts"/> are in the pledge's unit. Of each, what is committed there comes first, then what is
    /// confirmed under a condition. What is neither any more, since others came first, is above what is owed; where that was
    /// a withdrawal, it stays at its need as far as there is room.
    /// </summary>
    /// <param name="increase">What arrived above what was owed: the pledge grows by it.</param>
    public async Task ReceiveAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, long increase, DateOnly on, string command, string by, CancellationToken stop)
    {
        var index = 0;
        foreach (var chunk in amounts.Chunk(MostParts).DefaultIfEmpty([]))
        {
            var (name, first) = ($"{command}.{index}", index == 0);
            await books.CommitAsync(area, "received", name, by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
                foreach (var (need, minor) in chunk) await ReceiveAsync(attempt, line, need, minor);
                if (first && increase > 0) attempt.Work.Increase(pledgeId, increase);
                var above = line.IsWithdrawn ? Standing.ReceivedAfterWithdrawal : Standing.AboveOwed;
                attempt.Work.Mark(pledgeId, standing: line.Standing ?? (attempt.Work.Line(pledgeId).Unallocated > 0 ? above : null), note: $"on {on:yyyy-MM-dd}");
                return true;
            }, stop);
            index++;
        }
    }

    private static async Task ReceiveAsync(Attempt attempt, Line line, PartRef need, long minor)
    {
        if (await attempt.UsePartAsync(line.PledgeId, need) is { } part)
            foreach (var account in Owed)
            {
                var owed = Math.Min(minor, part.In(account).Minor);
                if (owed > 0) attempt.Work.Receive(line.PledgeId, need, account, owed);
                minor -= owed;
            }

        if (minor > 0 && line.IsWithdrawn && RoomFor(attempt, need, minor) is { Minor: > 0 } fits)
        {
            attempt.UsePosition(need);
            attempt.Work.ReceiveAnew(line.PledgeId, need, fits);
            minor -= fits.Minor;
        }

        attempt.Work.Increase(line.PledgeId, minor);

        Placed RoomFor(Attempt attempt, PartRef need, long minor)
        {
            if ((attempt.Work.Find(need) ?? attempt.FindPosition(need)?.Value) is not { } position || position.Filled >= position.Required) return default;
            var exchange = new Exchange(line, minor);
            return exchange.Possible(position) ? exchange.UpTo(position, position.Required - position.Filled) : default;
        }
    }
}
