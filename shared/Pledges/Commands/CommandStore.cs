using FundingFlow.Storage;
using FundingFlow.Validation;

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

    /// <summary>All commands on a pledge, in the order of their keys.</summary>
    public async Task<IReadOnlyList<PledgeCommand>> OfPledgeAsync(string pledgeId, CancellationToken stop)
    {
        var commands = new List<PledgeCommand>();
        await foreach (var row in tables.PrefixAsync(TableNames.Commands, PledgeId.PartnerOf(pledgeId)!, $"{pledgeId}|", stop)) commands.Add(Wire.Read<PledgeCommand>(row));
        return commands;
    }

    /// <param name="refused">Why it could not be done after all; null: it was.</param>
    public Task<PledgeCommand> SetDoneAsync(PledgeCommand command, Refusal? refused, CancellationToken stop)
        => ChangeAsync(command.PledgeId, command.Key, now => now.Done ? now : now with { Done = true, Refused = refused }, stop);

    /// <summary>Reads, changes and writes until no other change comes in between.</summary>
    /// <exception cref="StoreConflictException">There is no such command.</exception>
    public async Task<PledgeCommand> ChangeAsync(string pledgeId, string key, Func<PledgeCommand, PledgeCommand> change, CancellationToken stop)
    {
        while (true)
        {
            var row = await tables.FindAsync(TableNames.Commands, PledgeId.PartnerOf(pledgeId)!, key, stop) ?? throw new StoreConflictException(ConflictKind.Missing, 0);
            var before = Wire.Read<PledgeCommand>(row);
            var changed = change(before);
            if (changed == before) return before;
            try
            {
                await tables.PutAsync(TableNames.Commands, RowChange.Replace(RowOf(changed) with { ETag = row.ETag }), stop);
                return changed;
            }
            catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.Changed)
            {
                // Another changed it meanwhile: read again, decide again.
                continue;
            }
        }
    }

    private static Row RowOf(PledgeCommand command) => new(PledgeId.PartnerOf(command.PledgeId)!, command.Key, Wire.Write(command));
}
