using FundingFlow.Ledger;

namespace FundingFlow.Pledges.Commands;

/// <summary>A receipt as it was recorded, and what the journal says that it booked.</summary>
/// <param name="Parts">By need and the account that it came from.</param>
/// <param name="Increases">What each area's line grew by, above what was owed.</param>
/// <param name="Withdrawn">Areas whose line was withdrawn after the receipt was booked there: what it had added is withdrawn with it.</param>
/// <param name="Reversal">The command that reverses it.</param>
public sealed record RecordedReceipt(
    PledgeCommand Command, IReadOnlyList<CommandPart> Parts, IReadOnlyList<LineSplit> Increases, IReadOnlySet<string> Withdrawn, PledgeCommand? Reversal)
{
    public string Id => Command.ShortId;

    /// <summary>What arrived: all that the journal booked.</summary>
    public long Minor => Parts.Sum(part => part.Minor) + Increases.Sum(line => line.Minor);

    internal static RecordedReceipt Of(PledgeCommand command, IReadOnlyList<AreaEntry> history, IEnumerable<PledgeCommand> commands)
    {
        var entries = history.Where(entry => entry.Entry.Kind == "received" && entry.Entry.Command.StartsWith($"{command.Id}.", StringComparison.Ordinal)).ToList();
        return new RecordedReceipt(
            command,
            [.. entries.SelectMany(PartsOf)],
            [.. entries.GroupBy(entry => entry.Area, StringComparer.Ordinal).Select(area => new LineSplit(area.Key, area.Sum(entry => Sum(entry.Entry, Account.Unallocated)))).Where(line => line.Minor > 0)],
            history.Where(later => later.Entry.Kind == "withdrawn" && entries.Exists(entry => entry.Area == later.Area && entry.Entry.Sequence < later.Entry.Sequence))
                .Select(later => later.Area).ToHashSet(StringComparer.Ordinal),
            commands.FirstOrDefault(other => other.Id == command.ReversedBy));
    }

    private static IEnumerable<CommandPart> PartsOf(AreaEntry entry)
        => from posting in entry.Entry.Postings
           where posting.NeedId is not null
           group posting by (ProjectId: posting.ProjectId!, NeedId: posting.NeedId!) into need
           let received = need.Where(posting => posting.Account == Account.Received).Sum(posting => posting.Minor)
           let owed = need.Where(posting => posting.Account != Account.Received).ToList()
           from part in owed.GroupBy(posting => posting.Account, posting => -posting.Minor).Select(account => (Account: account.Key, Minor: account.Sum()))
               .Append((Account: Account.Pledged, Minor: received + owed.Sum(posting => posting.Minor)))
           where part.Minor > 0
           select new CommandPart(entry.Area, need.Key.ProjectId, need.Key.NeedId, part.Minor) { From = part.Account };

    private static long Sum(JournalEntry entry, Account account) => entry.Postings.Where(posting => posting.Account == account).Sum(posting => posting.Minor);
}

/// <summary>What has happened to a pledge; both oldest first.</summary>
public sealed record PledgePast(IReadOnlyList<AreaEntry> History, IReadOnlyList<RecordedReceipt> Receipts);

/// <summary>Reads what has happened to a pledge.</summary>
public sealed class ReceiptBook(CommandStore commands, PledgeBooks books)
{
    public async Task<PledgePast> ReadAsync(Pledge pledge, CancellationToken stop)
    {
        // In this order: of a receipt that is done by now, the journal then holds everything.
        var all = await commands.OfPledgeAsync(pledge.Id, stop);
        var history = await books.HistoryAsync(await books.ReadAsync(pledge, stop), stop);
        return Of(all, history);
    }

    /// <summary>As <see cref="ReadAsync(Pledge, CancellationToken)"/>, of lines that are read already.</summary>
    public async Task<PledgePast> ReadAsync(PledgeBalance balance, CancellationToken stop)
    {
        var all = await commands.OfPledgeAsync(balance.Pledge.Id, stop);
        return Of(all, await books.HistoryAsync(balance, stop));
    }

    private static PledgePast Of(IReadOnlyList<PledgeCommand> all, IReadOnlyList<AreaEntry> history)
        => new(history, [.. all.Where(command => command.Kind == Receipt.Name).OrderBy(command => command.At).ThenBy(command => command.Id, StringComparer.Ordinal)
            .Select(command => RecordedReceipt.Of(command, history, all))]);
}
