using FundingFlow.Access;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The life of a pledge after it was accepted: the door through which it is told what happens to it. Each command has a file of its own.</summary>
public sealed class PledgeCommands(CommandRunner runner, Acknowledge acknowledge, PledgeStore store, ReceiptBook receipts)
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
}
