namespace FundingFlow.Interop.Imports;

/// <summary>What the rows of a file are.</summary>
public enum ImportKind { Partners, Projects, Pledges }
