namespace FundingFlow.Interop.Imports;

/// <summary>One record of the file under its header.</summary>
/// <param name="Number">Counts the records below the header, from 0.</param>
/// <param name="Line">The physical line on which it starts, from 1; the header's is usually 1.</param>
/// <param name="Error">Why the record cannot be read; null when it has a cell for each column.</param>
public sealed record SourceRow(int Number, int Line, IReadOnlyList<string> Cells, string? Error = null);
