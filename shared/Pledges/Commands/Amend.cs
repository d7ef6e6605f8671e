using FundingFlow.Money;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The partner changes what was pledged: more or less of it, when it comes, until when it is valid, who may see it.</summary>
public sealed record AmendRequest(PledgePatch Patch, Precondition Condition) : CommandRequest
{
    public override string Kind => Amend.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(Patch.AsIn(unit));

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        var pledge = balance.Pledge;
        if (Amend.Refuses(pledge) is { } ended) return ended;
        if (Condition.Check(Amend.ETagOf(pledge.Version)) is { } changed) return changed;
        var unit = pledge.Resource.Unit;
        long? minor = null;
        if (Patch.Amount is { } stated)
        {
            var read = stated.In(unit, "/resource");
            if (read.Refusal is { } malformed) return malformed;
            minor = read.Value;
        }

        var schedule = new AmendedSchedule(pledge, Patch.Schedule, minor ?? pledge.Resource.Minor, today).Read();
        if (schedule.Refusal is { } wrong) return wrong;
        if (Patch.ValidUntil < today) return Refusal.Invalid("/validUntil", "must not lie in the past");
        if (minor > pledge.Resource.Minor && pledge.Status != StatedStatus.Pledge)
            return Refusal.Conflict($"It was imported as {(pledge.Status == StatedStatus.Receipt ? "received" : "committed")}: more of it would count as {(pledge.Status == StatedStatus.Receipt ? "received" : "committed")} at once. "
                + "Submit what is promised beside it as a pledge, or record a receipt.");
        if (minor is { } amount && pledge.SmallestPart is { } smallest && PledgeReader.AboveItsShare(smallest, amount, pledge.Areas, unit) is { } tooLittle)
            return Refusal.Invalid("/resource", $"leaves too little: smallestPart {tooLittle}");
        // What came above what was owed is no promise that can be taken back.
        var above = Math.Max(0, balance.Pledged - pledge.Resource.Minor);
        var least = pledge.Resource.Minor - Math.Max(0, balance.Unconfirmed - above);
        if (minor < least)
            return Refusal.Conflict($"{Decimals.Write(least, unit.Exponent)} is the least that it can be amended to: that much is confirmed, received or written off. "
                + "Amend it to that or more, or withdraw it, which also takes back what is committed and not received.");
        var changes = new PledgeChanges
        {
            Minor = minor,
            Schedule = schedule.Value.IsGiven ? schedule.Value.Instalments : null,
            ValidUntil = Patch.ValidUntil,
            EndsValidity = Patch is { GivesValidUntil: true, ValidUntil: null },
            Visibility = Patch.Visibility,
            Reference = Patch.Reference,
            DropsReference = Patch is { GivesReference: true, Reference: null },
            Version = Condition.IfMatch is null ? null : pledge.Version,
        };
        return PledgeCommand.Planned(Kind) with { Changes = Wire.Write(changes.On(pledge)) == Wire.Write(pledge) ? null : changes };
    }
}

public sealed class Amend(Amendments amendments) : ICommandApplication
{
    internal const string Name = "amend";

    /// <summary>Each leaves its note on the pledge, whose row and message have an end.</summary>
    private const int MostAmendments = 100;

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        if (command.Changes is not { } changes) return null;
        if (await amendments.ClaimAsync(pledge.Id, command, changes, stop) is { } overtaken) return overtaken;
        await amendments.FinishAsync(pledge.Id, stop);
        return null;
    }

    /// <summary>What If-Match names: the pledge as it is promised, whatever becomes of it in the books.</summary>
    public static string ETagOf(int version) => $"\"v{version.ToString(System.Globalization.CultureInfo.InvariantCulture)}\"";

    internal static Refusal? Refuses(Pledge pledge)
        => pledge.Withdrawn ? Refusal.Conflict("The pledge was withdrawn; nothing of it can be amended. Submit a new pledge.")
            : pledge.Expired ? Refusal.Conflict($"The pledge was valid until {pledge.ValidUntil:yyyy-MM-dd} and has expired; what is committed can be received, written off or withdrawn. For more, submit a new pledge.")
            : pledge.Amendments.Count >= MostAmendments ? Refusal.Conflict($"The pledge was amended {MostAmendments} times, which is the most. Withdraw what is left of it and submit a new pledge.")
            : null;
}
