using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;

namespace FundingFlow.Ledger.Audit;

/// <summary>The recorded commands: each done or still waiting to be gone on with.</summary>
internal sealed class CommandCheck(Findings findings)
{
    /// <param name="noted">Commands that the sweep will look at, read after the command and before its last state.</param>
    public void CheckNotLost(PledgeCommand command, IReadOnlySet<string> noted, bool isDoneNow)
    {
        if (!command.Done && !noted.Contains(command.Key) && !isDoneNow)
            findings.Add($"command {command.Id} on {command.PledgeId}", "it is not done, and nothing in Submitted will go on with it.");
    }
}
