namespace FundingFlow.Local.Samples;

/// <summary>What loading did. <paramref name="Problems"/> are sentences for whoever started the host; empty when all went well.</summary>
/// <param name="Created">Cities, partners and projects that were not there before.</param>
/// <param name="Pledges">Pledges handed in, or found handed in before.</param>
/// <param name="Steps">Confirmations and receipts that followed.</param>
public sealed record SamplesResult(int Created, int Pledges, int Steps, IReadOnlyList<string> Problems);
