using System.Globalization;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>What the partner reads of a move, beside the reasons that every part has.</summary>
internal static class MoveWords
{
    /// <summary>Null: the units came from no need.</summary>
    public static Reason? Because(RebalanceMove move, IReadOnlyDictionary<Place, string> titles, DateOnly today)
        => move is { FromPlace: { } from, ToPlace: { } to }
            ? Because(move, TitleOf(from, to, titles), TitleOf(to, from, titles), today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : null;

    private static Reason Because(RebalanceMove move, string from, string to, string on)
    {
        var data = new Dictionary<string, string> { ["from"] = from, ["to"] = to, ["on"] = on };
        if (move.Decided is { } decided) data["decided"] = decided;
        return new Reason(ReasonCode.Rebalanced, $"Moved from {from} to {to} on {on} because {move.Why}.") { Data = data };
    }

    private static string TitleOf(Place place, Place beside, IReadOnlyDictionary<Place, string> titles)
    {
        var title = titles.GetValueOrDefault(place) is { Length: > 0 } known ? known : place.Need.ProjectId;
        return place.Need.ProjectId == beside.Need.ProjectId ? $"{title} ({place.Need.NeedId})" : title;
    }
}
