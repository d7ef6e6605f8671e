using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The last day of a pledge's validity is over: what is unallocated or proposed is given back. What the partner confirmed, also under a condition, stays.</summary>
public sealed record ExpireRequest : CommandRequest
{
    public override string Kind => Expire.Name;

    public override Refusal? Forbids(Caller caller, Pledge pledge) => caller.IsStaff ? null : Refusal.Forbidden("A pledge expires by its date.");

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
        => Expire.Refuses(balance.Pledge, today) is { } no ? no : PledgeCommand.Planned(Kind) with { On = today };
}

public sealed class Expire(PledgeStore store, PledgeClosing closing) : ICommandApplication
{
    internal const string Name = "expire";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        pledge = (await store.ChangeAsync(pledge.Id, now => now.Expired || Refuses(now, command.On!.Value) is not null ? null : now with
        {
            Version = now.Version + 1,
            ExpiredVersion = now.Version + 1,
            Split = PledgeLines.SplitOf(now) ?? [new LineSplit(Areas.Any, now.Original)],
        }, stop))!;
        if (pledge.ExpiredVersion is not { } version) return Refuses(pledge, command.On!.Value);
        await closing.CloseAsync(pledge, Closing.Expired, version, command.By, stop);
        return null;
    }

    internal static Refusal? Refuses(Pledge pledge, DateOnly today)
        => pledge.Withdrawn ? Refusal.Conflict("The pledge was withdrawn; nothing of it is left to expire.")
            : pledge.Expired ? Refusal.Conflict("The pledge has expired already.")
            : pledge.Status != StatedStatus.Pledge ? Refusal.Conflict("It was stated as committed or received: that is no promise, and does not expire.")
            : pledge.ValidUntil is not { } until || until >= today ? Refusal.Conflict("The pledge is still valid.")
            : null;
}
