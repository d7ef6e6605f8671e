namespace FundingFlow.Ledger.Audit;

/// <summary>How much was looked at.</summary>
/// <param name="Waiting">Pledges of which a part has no line yet.</param>
public sealed record AuditCounts(int Areas, int Lines, int Parts, int Needs, int Entries, int Pledges, int Waiting, int Commands)
{
    /// <summary>Projects at which firm and conditional were divided anew and compared.</summary>
    public int Divisions { get; init; }
}

/// <summary>What an audit found, in words for whoever has to repair it.</summary>
/// <param name="Differences">Which row, what was expected, what was found; areas in the Forum's order, then by key.</param>
/// <param name="Overfills">Needs above their requirement for a reason that the journal tells: allowed, and never hidden.</param>
/// <param name="IsSettled">False: the books kept changing while they were read, so nothing could be compared.</param>
public sealed record AuditReport(AuditCounts Counts, IReadOnlyList<string> Differences, IReadOnlyList<string> Overfills, bool IsSettled)
{
    /// <summary>Everything could be compared and agrees.</summary>
    public bool IsClean => IsSettled && Differences.Count == 0;
}

/// <summary>Collects differences, each a sentence that begins with the row it is about.</summary>
internal sealed class Findings
{
    public List<string> Differences { get; } = [];
    public List<string> Overfills { get; } = [];

    public void Add(string row, string what) => Differences.Add($"{row}: {what}");

    public void Compare<T>(string row, string what, T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found)) Add(row, $"{what} is {found}, expected {expected}.");
    }
}
