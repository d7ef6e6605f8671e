using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The life of a pledge after it was accepted: the door through which it is told what happens to it. Each command has a file of its own.</summary>
public sealed class PledgeCommands(CommandRunner runner, Acknowledge acknowledge, Amendments amendments, PledgeStore store, ReceiptBook receipts, IProjects projects, ILedgerReader books)
{
    /// <param name="allocationId">Null: all that is proposed.</param>
    public Task<Outcome<PledgeBalance>> ConfirmAsync(string pledgeId, string? allocationId, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, new ConfirmRequest(allocationId), key, caller, stop);

    public Task<Outcome<PledgeBalance>> WithdrawAsync(string pledgeId, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, new WithdrawRequest(), key, caller, stop);

    public Task<Outcome<PledgeBalance>> ReceiveAsync(string pledgeId, ReceiptRequest request, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, request, key, caller, stop);

    /// <param name="receiptId">As the pledge names it among its receipts.</param>
    public async Task<Outcome<PledgeBalance>> ReverseReceiptAsync(string pledgeId, string receiptId, string reason, string key, Caller caller, CancellationToken stop)
    {
        if (await store.FindAsync(pledgeId, stop) is not { Value: var pledge }) return Refusal.NotFound($"There is no pledge '{pledgeId}'.");
        var known = (await receipts.ReadAsync(pledge, stop)).Receipts;
        return await runner.RunAsync(pledgeId, new ReverseReceiptRequest(receiptId, reason, known), key, caller, stop);
    }

    public Task<Outcome<PledgeBalance>> AcknowledgeAsync(string allocationId, Caller caller, CancellationToken stop)
        => acknowledge.RunAsync(allocationId, caller, stop);

    /// <param name="condition">If-Match, against <see cref="Amend.ETagOf"/>.</param>
    public async Task<Outcome<PledgeBalance>> AmendAsync(string pledgeId, PledgePatch patch, Precondition condition, string key, Caller caller, CancellationToken stop)
    {
        // What a crash left of an earlier amendment comes first: this one is decided on what the books then hold.
        if (await store.FindAsync(pledgeId, stop) is { } stored && caller.MayActForPartner(stored.Value.PartnerId)) await amendments.FinishAsync(pledgeId, stop);
        return await runner.RunAsync(pledgeId, new AmendRequest(patch, condition), key, caller, stop);
    }

    public async Task<Outcome<PledgeBalance>> DeclineAsync(string allocationId, string? reason, string key, Caller caller, CancellationToken stop)
        => LedgerKeys.ParseAllocationId(allocationId) is { } id
            ? await runner.RunAsync(id.PledgeId, new DeclineRequest(allocationId, reason, await projects.FindAsync(id.ProjectId, stop), caller), key, caller, stop)
            : NoAllocation(allocationId);

    public async Task<Outcome<PledgeBalance>> MoveAsync(string allocationId, MoveStatement move, string key, Caller caller, CancellationToken stop)
    {
        if (LedgerKeys.ParseAllocationId(allocationId) is not { } id) return NoAllocation(allocationId);
        if (await projects.FindAsync(move.ProjectId, stop) is not { } project) return Refusal.Invalid("/projectId", "names no known project");
        var target = project.Needs.FirstOrDefault(need => need.Id == move.NeedId) is { } need
            ? (await books.PositionsAsync(need.Area, stop)).FirstOrDefault(position => position.ProjectId == project.Id && position.NeedId == need.Id) : null;
        return await runner.RunAsync(id.PledgeId, new MoveRequest(allocationId, move, target), key, caller, stop);
    }

    public Task<Outcome<PledgeBalance>> WriteOffAsync(string pledgeId, WriteOffRequest request, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, request, key, caller, stop);

    private static Refusal NoAllocation(string id) => Refusal.NotFound($"There is no allocation '{id}'.");
}
