namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>What a need does not want returns to its line and is placed elsewhere at once; what was received stays.</summary>
    /// <param name="onlyProposed">Not where something of it was confirmed.</param>
    /// <returns>Whether it is declined, now or before.</returns>
    public async Task<bool> DeclineAsync(string area, string pledgeId, PartRef need, bool onlyProposed, string? note, string command, string by, CancellationToken stop)
    {
        var (more, isConfirmed) = (false, false);
        await books.CommitAsync(area, "declined", command, by, async attempt =>
        {
            (more, isConfirmed) = (false, false);
            if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
            isConfirmed = onlyProposed && await attempt.UsePartAsync(pledgeId, need) is { } part && part.Conditional.Minor + part.Committed.Minor > 0;
            if (isConfirmed) return false;
            await attempt.UsePartAsync(pledgeId, need);
            attempt.Work.Decline(pledgeId, need);
            if (!line.IsWithdrawn) more = await placer.PlaceAsync(attempt, pledgeId, stop);
            attempt.Work.Mark(pledgeId, standing: attempt.Work.Line(pledgeId).Standing, note: note);
            return true;
        }, stop);
        if (more) await placer.PlaceStandingAsync(area, pledgeId, by, stop);
        return !isConfirmed;
    }
}
