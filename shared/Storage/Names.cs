namespace FundingFlow.Storage;

public static class TableNames
{
    /// <summary>Partition = partner, row = pledge or command of a pledge.</summary>
    public const string Pledges = "Pledges";
    /// <summary>Partition = partner; row = a command on a pledge under its idempotency key, with its plan and answer.</summary>
    public const string Commands = "Commands";
    /// <summary>Partition = minute of submission; row = what was accepted and may not have been applied yet.</summary>
    public const string Submitted = "Submitted";
    /// <summary>Partition = last day of validity; row = a pledge that may have to expire after it.</summary>
    public const string Expiring = "Expiring";
    /// <summary>Partition = area; every row that a unit of a pledge can stand in.</summary>
    public const string Ledger = "Ledger";
    public const string Partners = "Partners";
    public const string Contacts = "Contacts";
    public const string Cities = "Cities";
    public const string Projects = "Projects";
    public const string Rates = "Rates";
    public const string Keys = "Keys";
    public const string Alerts = "Alerts";
    public const string Digests = "Digests";
    public const string Imports = "Imports";
    /// <summary>Partition = rebalance; its row and its steps.</summary>
    public const string Rebalances = "Rebalances";
    public const string Failures = "Failures";
}

public static class QueueNames
{
    public const string PledgesSubmitted = "pledges-submitted";
    public const string FundingChanged = "funding-changed";
    public const string LinesToReopen = "lines-to-reopen";
    public const string DigestsToSend = "digests-to-send";
    public const string ImportsToRun = "imports-to-run";
    public const string NotifyStaff = "notify-staff";
    public const string RebalancesToRun = "rebalances-to-run";

    public static readonly IReadOnlyList<string> All =
        [PledgesSubmitted, FundingChanged, LinesToReopen, DigestsToSend, ImportsToRun, NotifyStaff, RebalancesToRun];

    public static string PoisonOf(string queue) => queue + "-poison";
}
