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
        if (balance.Status == PledgeStatus.Fulfilled) return Refusal.Conflict("All of the pledge has been received; nothing is left to withdraw.");
        return PledgeCommand.Planned(Kind) with { Version = balance.Pledge.Version + 1 };
    }
}

public sealed class Withdraw(PledgeStore store, PledgeBooks pledgeBooks, PledgeLines lines, Books books, ForumCalendar calendar) : ICommandApplication
{
    internal const string Name = "withdraw";

    public string Kind => Name;

    public async Task ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        // Without a split nothing is placed yet: it is withdrawn as a whole where it would have stood.
        pledge = (await store.ChangeAsync(pledge.Id, now => now.Version >= command.Version ? null : now with
        {
            Version = command.Version,
            Withdrawn = true,
            Split = PledgeLines.SplitOf(now) ?? [new LineSplit(Areas.Any, now.Resource.Minor)],
        }, stop))!;
        var split = PledgeLines.SplitOf(pledge)!;
        foreach (var part in split)
        {
            var tombstone = await lines.OpenAsync(pledge, part, calendar.Now, stop);
            await books.WithdrawAsync(part.Area, pledge.Id, () => tombstone, command.Version, command.By, stop);
        }

        // A withdrawn line sends nothing more; what lines had sent before still arrives, and is withdrawn where it arrives.
        while (true)
        {
            var now = (await pledgeBooks.ReadAsync(pledge, stop)).Lines;
            foreach (var line in now.Where(line => line.Sendings.Any(sending => !sending.Done))) await books.FinishSendingsAsync(line, stop);
            var behind = now.Where(line => line.Version < command.Version).ToList();
            foreach (var line in behind) await books.WithdrawAsync(line.Area, pledge.Id, () => line, command.Version, command.By, stop);
            if (behind.Count == 0 && now.All(line => line.Sendings.All(sending => sending.Done))) return;
        }
    }
}
