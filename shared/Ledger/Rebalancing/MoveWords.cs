using System.Globalization;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>What the partner reads of a move, beside the reasons that every part has.</summary>
internal static class MoveWords
{
    public const string Code = "rebalanced";

    /// <summary>Null: the units came from no need.</summary>
    public static Reason? Because(RebalanceMove move, IReadOnlyDictionary<Place, string> titles, DateOnly today)
        => move is { FromPlace: { } from, ToPlace: { } to }
            ? new Reason(Code, string.Create(CultureInfo.InvariantCulture, $"Moved from {TitleOf(from, to, titles)} to {TitleOf(to, from, titles)} on {today:yyyy-MM-dd} because {move.Why}."))
            : null;

    private static string TitleOf(Place place, Place beside, IReadOnlyDictionary<Place, string> titles)
    {
        var title = titles.GetValueOrDefault(place) is { Length: > 0 } known ? known : place.Need.ProjectId;
        return place.Need.ProjectId == beside.Need.ProjectId ? $"{title} ({place.Need.NeedId})" : title;
    }
}
