using FundingFlow.Access;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>What someone asks of a pledge, and the decision on it: one record per command, which also holds the facts that the decision takes.</summary>
public abstract record CommandRequest
{
    /// <summary>Names the command in its record and in the journal.</summary>
    public abstract string Kind { get; }

    /// <summary>What tells one request of this kind from another under the same key; amounts as the pledge writes them, so that 15 and 15.00 are one.</summary>
    /// <param name="unit">The pledge's.</param>
    public virtual string ContentIn(Unit unit) => "";

    /// <summary>Who may ask this. Null: this caller may.</summary>
    public virtual Refusal? Forbids(Caller caller, Pledge pledge)
        => !caller.MaySeePartner(pledge.PartnerId) ? Refusal.NotFound($"There is no pledge '{pledge.Id}'.")
            : !caller.MayActForPartner(pledge.PartnerId) ? Refusal.Forbidden($"This key may not act for '{pledge.PartnerId}'.")
            : null;

    /// <summary>What to do, decided by the pledge as it stands; a refusal names the state and what it allows. Changes nothing.</summary>
    public abstract Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today);
}

/// <summary>Does what was planned. May be called again for the same command, also at once by another worker: what is done is not done twice.</summary>
public interface ICommandApplication
{
    /// <summary>The kind of the commands that it applies.</summary>
    string Kind { get; }

    /// <returns>Null: done. A refusal: what happened since the plan has made it impossible, and nothing was changed.</returns>
    Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop);
}
