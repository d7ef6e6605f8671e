using FundingFlow.Pledges.Commands;

namespace FundingFlow.Ledger.Audit;

/// <summary>Receipts and their reversals: each booked once, as it was planned, and undone at most once, unit for unit where it had been booked.</summary>
internal sealed class ReceiptCheck(IReadOnlyDictionary<string, PledgeCommand> commands, IEnumerable<LineReplay> replays, Findings findings)
{
    private sealed record Booked(LineReplay Line, JournalEntry Entry);

    private readonly ILookup<(string PledgeId, string Command), Booked> entries = (
        from line in replays
        from entry in line.Entries
        where entry.Kind is "received" or "reversed"
        select new Booked(line, entry)).ToLookup(booked => (booked.Line.PledgeId, CommandOf(booked.Entry.Command)));

    /// <summary>Nothing arrives, and nothing arrived is undone, without a command that says so.</summary>
    public void CheckStrays()
    {
        foreach (var group in entries.Where(group => !commands.ContainsKey(KeyOf(group.Key.PledgeId, group.Key.Command))))
            findings.Add($"line of {group.Key.PledgeId} in {group.First().Line.Area}", $"'{group.First().Entry.Command}' books a receipt or undoes one, and no command of that name was recorded.");
    }

    /// <param name="isDone">By the time the books were read.</param>
    public void Check(PledgeCommand command, bool isDone)
    {
        if (command.Kind == "receipt") CheckReceipt(command, isDone);
        if (command.Kind == "reverse") CheckReversal(command, isDone);
    }

    private void CheckReceipt(PledgeCommand receipt, bool isDone)
    {
        var planned = receipt.Parts.Sum(part => part.Minor) + receipt.Increase;
        // What arrived is where it was expected, or above what is owed; what it came out of does not matter here.
        var booked = entries[(receipt.PledgeId, receipt.Id)].Sum(entry => Sum(entry, Account.Received) + Sum(entry, Account.Unallocated));
        if (booked > planned || (isDone && booked != planned))
            findings.Add(NameOf(receipt), $"the journal books {booked} under it, expected {planned}.");
        if (receipt.ReversedBy is null && entries[(receipt.PledgeId, $"reversal.{ShortOf(receipt)}")].Any())
            findings.Add(NameOf(receipt), "the journal undoes it, though no reversal is noted with it.");
    }

    private void CheckReversal(PledgeCommand reversal, bool isDone)
    {
        if (!commands.TryGetValue(KeyOf(reversal.PledgeId, $"receipt.{reversal.Receipt}"), out var receipt))
        {
            findings.Add(NameOf(reversal), $"it reverses the receipt {reversal.Receipt}, which was never recorded.");
            return;
        }

        // Another command was first, and is looked at by itself.
        if (receipt.ReversedBy != reversal.Id) return;
        var booked = entries[(receipt.PledgeId, receipt.Id)].ToList();
        var undone = entries[(reversal.PledgeId, $"reversal.{reversal.Receipt}")].ToList();
        foreach (var line in booked.Concat(undone).Select(entry => entry.Line).Distinct())
            CheckLine(reversal, line, booked.FindAll(entry => entry.Line == line), undone.FindAll(entry => entry.Line == line), isDone);
    }

    private void CheckLine(PledgeCommand reversal, LineReplay line, List<Booked> booked, List<Booked> undone, bool isDone)
    {
        var name = $"{NameOf(reversal)}, in {line.Area}";
        var needs = booked.Concat(undone).SelectMany(entry => entry.Entry.Postings).Where(posting => posting.NeedId is not null)
            .Select(posting => new PartRef(posting.ProjectId!, posting.NeedId!)).Distinct();
        foreach (var need in needs)
        {
            var (came, went) = (booked.Sum(entry => Sum(entry, Account.Received, need)), -undone.Sum(entry => Sum(entry, Account.Received, need)));
            if (went > came || (isDone && went != came)) findings.Add(name, $"it undoes {went} at {need.ProjectId}/{need.NeedId}, where the receipt booked {came}.");
            // A line that was withdrawn meanwhile commits nothing any more.
            var wasWithdrawn = undone.Exists(entry => line.Entries.Any(other => other.Kind == "withdrawn" && other.Sequence < entry.Entry.Sequence));
            foreach (var account in new[] { Account.Committed, Account.Conditional })
            {
                var (taken, back) = (-booked.Sum(entry => Sum(entry, account, need)), undone.Sum(entry => Sum(entry, account, need)));
                if (back > taken || (isDone && !wasWithdrawn && back != taken))
                    findings.Add(name, $"{back} goes back to {account} at {need.ProjectId}/{need.NeedId}, out of which the receipt took {taken}.");
            }
        }

        var (grew, shrank) = (-booked.Sum(entry => Sum(entry, Account.Pledged)), undone.Sum(entry => Sum(entry, Account.Pledged)));
        if (shrank > grew) findings.Add(name, $"it lowers the pledge by {shrank}; the receipt had raised it by {grew}.");
    }

    private static long Sum(Booked booked, Account account, PartRef? need = null)
        => booked.Entry.Postings.Where(posting => posting.Account == account && (need is null || (posting.ProjectId == need.ProjectId && posting.NeedId == need.NeedId)))
            .Sum(posting => posting.Minor);

    /// <summary>An entry's command begins with that of what caused it, which has two parts; what follows tells its transactions apart.</summary>
    private static string CommandOf(string entryCommand) => string.Join('.', entryCommand.Split('.').Take(2));

    private static string KeyOf(string pledgeId, string command) => $"{pledgeId}|{command[(command.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    private static string ShortOf(PledgeCommand command) => command.Id[(command.Id.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string NameOf(PledgeCommand command) => $"command {command.Id} on {command.PledgeId}";
}
