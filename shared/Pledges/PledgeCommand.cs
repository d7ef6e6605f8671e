using FundingFlow.Ledger;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>What a command does on one allocation, in the pledge's smallest units.</summary>
public sealed record CommandPart(string Area, string ProjectId, string NeedId, long Minor);

/// <summary>
/// A command on a pledge under its idempotency key. It is recorded with its plan before the first area is touched, so that
/// a repetition, or the sweep after a crash, goes on where it stopped.
/// </summary>
/// <param name="Kind">confirm, withdraw or receipt.</param>
/// <param name="Id">Names it in the journal.</param>
public sealed record PledgeCommand(
    int V, string Id, string PledgeId, string Kind, string ContentHash, string By, DateTimeOffset At, bool Done)
{
    /// <summary>For confirm: what was proposed when the partner confirmed; for receipt: what is booked where.</summary>
    public IReadOnlyList<CommandPart> Parts { get; init; } = [];

    /// <summary>Received above what was owed.</summary>
    public long Increase { get; init; }
    public DateOnly? On { get; init; }

    /// <summary>For withdraw: the pledge's version that withdraws it.</summary>
    public int Version { get; init; }

    public string Key => KeyOf(PledgeId, Id);

    /// <summary>The scope of an idempotency key is the pledge, whatever the command: one key names one request.</summary>
    public static string KeyOf(string pledgeId, string id) => $"{pledgeId}|{id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
}

/// <summary>The rows of Commands: partition = partner, row = pledge and command.</summary>
public sealed class CommandStore(ITables tables)
{
    public async Task<PledgeCommand?> FindAsync(string pledgeId, string key, CancellationToken stop)
        => await tables.FindAsync(TableNames.Commands, PledgeId.PartnerOf(pledgeId)!, key, stop) is { } row ? Wire.Read<PledgeCommand>(row) : null;

    /// <returns>The command now recorded under its key: this one, or the one that was there.</returns>
    public async Task<PledgeCommand> AddAsync(PledgeCommand command, CancellationToken stop)
    {
        try
        {
            await tables.PutAsync(TableNames.Commands, RowChange.Add(RowOf(command)), stop);
            return command;
        }
        catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.AlreadyExists)
        {
            return await FindAsync(command.PledgeId, command.Key, stop) ?? throw new StoreConflictException(ConflictKind.Missing, 0, conflict);
        }
    }

    public Task SetDoneAsync(PledgeCommand command, CancellationToken stop)
        => tables.PutAsync(TableNames.Commands, RowChange.Upsert(RowOf(command with { Done = true })), stop);

    private static Row RowOf(PledgeCommand command) => new(PledgeId.PartnerOf(command.PledgeId)!, command.Key, Wire.Write(command));
}
