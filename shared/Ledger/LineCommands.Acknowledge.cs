namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>The city says that it arrived.</summary>
    public Task AcknowledgeAsync(string area, string pledgeId, PartRef need, string command, string by, CancellationToken stop)
        => books.CommitAsync(area, "acknowledged", command, by, async attempt =>
        {
            if (await attempt.UseLineAsync(pledgeId) is null || await attempt.IsDoneAsync(pledgeId)) return false;
            if (await attempt.UsePartAsync(pledgeId, need) is null) return false;
            attempt.Work.Acknowledge(pledgeId, need);
            return true;
        }, stop);
}
