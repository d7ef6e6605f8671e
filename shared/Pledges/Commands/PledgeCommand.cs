using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>What a command does on one allocation, in the pledge's smallest units.</summary>
public sealed record CommandPart(string Area, string ProjectId, string NeedId, long Minor)
{
    /// <summary>For reverse: the account that a receipt had taken it from, and that it goes back to.</summary>
    public Ledger.Account? From { get; init; }
}

/// <summary>
/// A command on a pledge under its idempotency key. It is recorded with its plan before the first area is touched, so that
/// a repetition, or the sweep after a crash, goes on where it stopped.
/// </summary>
/// <param name="Kind">confirm, withdraw, receipt, reverse, amend, decline, move, write-off or expire.</param>
/// <param name="Id">Names it in the journal.</param>
public sealed record PledgeCommand(
    int V, string Id, string PledgeId, string Kind, string ContentHash, string By, DateTimeOffset At, bool Done)
{
    /// <summary>
    /// For confirm: what was proposed when the partner confirmed; for receipt and write-off: what is booked where; for decline and
    /// move: the allocation.
    /// </summary>
    public IReadOnlyList<CommandPart> Parts { get; init; } = [];

    /// <summary>Received above what was owed.</summary>
    public long Increase { get; init; }
    public DateOnly? On { get; init; }

    /// <summary>For decline: not where the partner has confirmed it meanwhile.</summary>
    public bool OnlyProposed { get; init; }

    /// <summary>For move: where to.</summary>
    public CommandPart? To { get; init; }

    /// <summary>For amend: what becomes other. Null: all that was given is so already.</summary>
    public PledgeChanges? Changes { get; init; }

    /// <summary>For reverse, decline, move and write-off: why, in the words of who did it.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it could not be done after all.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>For reverse: the receipt, by the last part of its command's id.</summary>
    public string? Receipt { get; init; }

    /// <summary>For reverse: what the receipt had added to each area's line.</summary>
    public IReadOnlyList<LineSplit> Increases { get; init; } = [];

    /// <summary>For receipt: the id of the command that reverses it; the first to be noted here is the only one.</summary>
    public string? ReversedBy { get; init; }

    public string Key => KeyOf(PledgeId, Id);

    /// <summary>What the command is called in the API: its id without its kind.</summary>
    public string ShortId => Id[(Id.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>A plan; who asked for it, when and under which key is filled in when it is recorded.</summary>
    public static PledgeCommand Planned(string kind) => new(1, "", "", kind, "", "", default, false);

    /// <summary>The scope of an idempotency key is the pledge, whatever the command: one key names one request.</summary>
    public static string KeyOf(string pledgeId, string id) => $"{pledgeId}|{id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
}
