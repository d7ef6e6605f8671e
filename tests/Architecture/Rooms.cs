namespace FundingFlow.Tests.Architecture;

/// <summary>The folders of <c>shared/</c>, and which room may know which other. A new folder gets its line here.</summary>
internal static class Rooms
{
    /// <summary>Not narrowed yet: the room may know every other.</summary>
    public static readonly string[] Any = ["*"];

    /// <summary>Room → the rooms whose plain types it may use.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayKnow = new Dictionary<string, string[]>
    {
        ["Money"] = [],
        ["Matching"] = ["Money", "Ledger", "Pledges", "Projects", "Cities", "Partners"],
        ["Partners"] = ["Money", "Cities", "Projects", "Access"],
        ["Cities"] = ["Money", "Access"],
        ["Projects"] = ["Money", "Cities", "Partners", "Ledger", "Access"],
        ["Pledges"] = ["Money", "Partners", "Cities", "Projects", "Ledger", "Access"],
        ["Ledger"] = ["Money", "Matching", "Partners", "Cities", "Projects", "Pledges"],
        ["Sustainability"] = ["Money", "Partners", "Cities", "Projects", "Pledges", "Ledger", "Access", "Digests"],
        ["Digests"] = ["Money", "Partners", "Cities", "Projects", "Pledges", "Ledger", "Access"],
        ["Interop"] = ["Money", "Partners", "Cities", "Projects", "Pledges", "Access"],
        ["Simulations"] = ["Money", "Partners", "Cities", "Projects", "Pledges", "Ledger", "Matching", "Access"],
        ["Access"] = ["Partners", "Projects", "Cities"],
    };

    /// <summary>What every room may stand on.</summary>
    public static readonly string[] Foundations = ["Storage", "Validation"];

    /// <summary>The only folders that know an SDK of the outside world.</summary>
    public static readonly string[] Adapters = ["Azure", "Mail"];

    public static IEnumerable<string> Folders => [.. MayKnow.Keys, .. Foundations, .. Adapters];
}
