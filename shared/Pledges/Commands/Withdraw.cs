using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The partner takes back all that was not received.</summary>
public sealed record WithdrawRequest : CommandRequest
{
    public override string Kind => Withdraw.Name;

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (balance.Pledge.Withdrawn) return Refusal.Conflict("The pledge was withdrawn already.");
        if (balance.Unconfirmed + balance.Conditional + balance.Committed == 0)
            return Refusal.Conflict($"Nothing is left to withdraw: the pledge is {balance.State}.{(balance.Received > 0 ? " What has been received stays; a receipt that was wrong can be reversed." : "")}");
        return PledgeCommand.Planned(Kind);
    }
}

public sealed class Withdraw(PledgeStore store, PledgeClosing closing) : ICommandApplication
{
    internal const string Name = "withdraw";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        // Without a split nothing is placed yet: it is withdrawn as a whole where it would have stood. Nothing raises the version after this.
        pledge = (await store.ChangeAsync(pledge.Id, now => now.Withdrawn ? null : now with
        {
            Version = now.Version + 1,
            Withdrawn = true,
            Split = PledgeLines.SplitOf(now) ?? [new LineSplit(Areas.Any, now.Original)],
        }, stop))!;
        await closing.CloseAsync(pledge, Closing.Withdrawn, pledge.Version, command.By, stop);
        return null;
    }
}
