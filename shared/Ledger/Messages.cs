namespace FundingFlow.Ledger;

/// <summary>Message in <c>funding-changed</c>: needs of one area whose figures changed.</summary>
public sealed record FundingChanged(int V, string Area, IReadOnlyList<PartRef> Needs);

/// <summary>Message in <c>lines-to-reopen</c>: state this project's needs again and place what stands in their areas; no project: all standing lines of the area.</summary>
public sealed record ReopenLines(int V, string? ProjectId, string? Area);
