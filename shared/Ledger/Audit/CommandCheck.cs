using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;

namespace FundingFlow.Ledger.Audit;

/// <summary>The recorded commands: each done or still waiting to be gone on with, and a receipt booked once.</summary>
internal sealed class CommandCheck(ILookup<string, LineReplay> replays, Findings findings)
{
    /// <param name="noted">Commands that the sweep will look at, read after the command and before its last state.</param>
    public void CheckNotLost(PledgeCommand command, IReadOnlySet<string> noted, bool isDoneNow)
    {
        if (!command.Done && !noted.Contains(command.Key) && !isDoneNow)
            findings.Add($"command {command.Id} on {command.PledgeId}", "it is not done, and nothing in Submitted will go on with it.");
    }

    /// <param name="isDone">By the time the books were read.</param>
    public void CheckReceipt(PledgeCommand command, bool isDone)
    {
        if (command.Kind != "receipt") return;
        var planned = command.Parts.Sum(part => part.Minor) + command.Increase;
        var booked = (from line in replays[command.PledgeId]
                      from entry in line.Entries
                      where entry.Kind == "received" && entry.Command.StartsWith(command.Id + ".", StringComparison.Ordinal)
                      from posting in entry.Postings
                      where posting.Account is Account.Received or Account.Pledged
                      select posting.Account == Account.Received ? posting.Minor : -posting.Minor).Sum();
        if (booked > planned || (isDone && booked != planned))
            findings.Add($"command {command.Id} on {command.PledgeId}", $"the journal books {booked} under it, expected {planned}.");
    }
}
