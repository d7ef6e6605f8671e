namespace FundingFlow.Ledger;

/// <summary>Row keys of the Ledger table, and the ids made of the same parts. Parts never contain <c>|</c> or <c>~</c>.</summary>
public static class LedgerKeys
{
    public const string PositionPrefix = "need|";
    public const string LinePrefix = "line|";
    /// <summary>An index row beside each line that has something unallocated.</summary>
    public const string StandingPrefix = "standing|";
    public const string AllocationPrefix = "part|";
    public const string OutboxPrefix = "outbox|";

    public static string Position(string projectId, string needId) => $"need|{projectId}|{needId}";
    public static string PositionsOf(string projectId) => $"need|{projectId}|";
    public static string Line(string pledgeId) => $"line|{pledgeId}";
    public static string Guard(string partnerId) => $"guard|{partnerId}";
    public static string Standing(string pledgeId) => StandingPrefix + pledgeId;
    public static string Allocation(string projectId, string needId, string pledgeId) => $"part|{projectId}|{needId}|{pledgeId}";
    public static string AllocationsOf(string projectId) => $"part|{projectId}|";
    public static string AllocationsOf(string projectId, string needId) => $"part|{projectId}|{needId}|";
    public static string Journal(string subject, string command) => $"journal|{subject}|{command}";
    public static string JournalOf(string subject) => $"journal|{subject}|";

    public static string AllocationId(string area, string pledgeId, string projectId, string needId)
        => $"{area}~{pledgeId}~{projectId}~{needId}";

    /// <summary>Null when the text is no allocation id.</summary>
    public static (string Area, string PledgeId, string ProjectId, string NeedId)? ParseAllocationId(string id)
        => id.Split('~') is [var area, var pledge, var project, var need] ? (area, pledge, project, need) : null;
}
