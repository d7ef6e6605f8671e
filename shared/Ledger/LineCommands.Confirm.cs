namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>Makes proposed parts binding.</summary>
    /// <param name="only">The needs whose parts the partner saw.</param>
    public Task ConfirmAsync(string area, string pledgeId, IReadOnlySet<PartRef> only, string command, string by, CancellationToken stop)
        => InChunksAsync(area, "confirmed", pledgeId, command, by, part => part.Proposed.Minor > 0 && only.Contains(RefOf(part)),
            (work, part) => work.Confirm(pledgeId, RefOf(part)), stop);
}
