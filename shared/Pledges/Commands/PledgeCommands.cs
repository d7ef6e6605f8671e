using FundingFlow.Access;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The life of a pledge after it was accepted: the door through which it is told what happens to it. Each command has a file of its own.</summary>
public sealed class PledgeCommands(CommandRunner runner, Acknowledge acknowledge)
{
    /// <param name="allocationId">Null: all that is proposed.</param>
    public Task<Outcome<PledgeBalance>> ConfirmAsync(string pledgeId, string? allocationId, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, new ConfirmRequest(allocationId), key, caller, stop);

    public Task<Outcome<PledgeBalance>> WithdrawAsync(string pledgeId, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, new WithdrawRequest(), key, caller, stop);

    public Task<Outcome<PledgeBalance>> ReceiveAsync(string pledgeId, ReceiptRequest request, string key, Caller caller, CancellationToken stop)
        => runner.RunAsync(pledgeId, request, key, caller, stop);

    public Task<Outcome<PledgeBalance>> AcknowledgeAsync(string allocationId, Caller caller, CancellationToken stop)
        => acknowledge.RunAsync(allocationId, caller, stop);
}
