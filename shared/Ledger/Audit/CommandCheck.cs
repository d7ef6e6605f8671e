using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;

namespace FundingFlow.Ledger.Audit;

/// <summary>The recorded commands: each done or still waiting to be gone on with, and what was planned booked once.</summary>
internal sealed class CommandCheck(ILookup<string, LineReplay> replays, Findings findings)
{
    /// <param name="noted">Commands that the sweep will look at, read after the command and before its last state.</param>
    public void CheckNotLost(PledgeCommand command, IReadOnlySet<string> noted, bool isDoneNow)
    {
        if (!command.Done && !noted.Contains(command.Key) && !isDoneNow)
            findings.Add($"command {command.Id} on {command.PledgeId}", "it is not done, and nothing in Submitted will go on with it.");
    }

    /// <summary>What was received, or freed, after it was decided is not written off: it may be less, never more.</summary>
    public void CheckWrittenOff(PledgeCommand command)
    {
        if (command.Kind != "write-off") return;
        var planned = command.Parts.Sum(part => part.Minor);
        var booked = (from line in replays[command.PledgeId]
                      from entry in line.Entries
                      where entry.Command.StartsWith(command.Id + ".", StringComparison.Ordinal)
                      from posting in entry.Postings
                      where posting.Account == Account.WrittenOff
                      select posting.Minor).Sum();
        if (booked > planned)
            findings.Add($"command {command.Id} on {command.PledgeId}", $"the journal writes {booked} off under it, expected {planned} at most.");
    }

    /// <param name="isDone">By the time the books were read.</param>
    public void CheckMoved(PledgeCommand command, bool isDone)
    {
        if (command.Kind != "move") return;
        var part = command.Parts[0];
        var left = -(from line in replays[command.PledgeId]
                     where line.Area == part.Area
                     from entry in line.Entries
                     where entry.Command == command.Id
                     from posting in entry.Postings
                     where posting.ProjectId == part.ProjectId && posting.NeedId == part.NeedId
                     select posting.Minor).Sum();
        var expected = command.Refused is null ? part.Minor : 0;
        if (left != expected && (isDone || left != 0))
            findings.Add($"command {command.Id} on {command.PledgeId}", $"it moves {left} away from {part.ProjectId}/{part.NeedId}, expected {expected}.");
    }
}
