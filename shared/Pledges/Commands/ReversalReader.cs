using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>Reads the body of a reversal: why the receipt does not stand.</summary>
public static class ReversalReader
{
    private const int LongestReason = 500;

    public static string? Read(JsonInput input) => input.Text("reason", LongestReason, required: true);
}
