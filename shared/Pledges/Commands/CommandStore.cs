using FundingFlow.Storage;

namespace FundingFlow.Pledges.Commands;

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
