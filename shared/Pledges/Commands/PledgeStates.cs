namespace FundingFlow.Pledges.Commands;

/// <summary>How a refusal names the state that a pledge is in.</summary>
internal static class PledgeStates
{
    extension(PledgeBalance balance)
    {
        public string State => balance.Status.ToString().ToLowerInvariant();
    }
}
