using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Projects;

namespace FundingFlow.Pledges;

/// <summary>How a pledge becomes lines: which areas, how much each, and what the matcher must know of its partner.</summary>
public sealed class PledgeLines(IPartners partners, ICities cities)
{
    /// <summary>The split by area; null when it has to be decided by the needs (unearmarked, or earmarked to projects alone).</summary>
    public static IReadOnlyList<LineSplit>? SplitOf(Pledge pledge)
    {
        if (pledge.Split is { } decided) return decided;
        return pledge.Hold || pledge.Areas.Count > 0 ? Shares(pledge, pledge.Original) : null;
    }

    /// <summary>An amount divided among the pledge's areas by its shares; what names no area, or is held, goes to <c>any</c>.</summary>
    public static IReadOnlyList<LineSplit> Shares(Pledge pledge, long minor)
    {
        if (pledge.Hold || pledge.Areas.Count == 0) return [new LineSplit(Areas.Any, minor)];
        return [.. Shares(minor, pledge.Areas).Where(part => part.Minor > 0)];
    }

    /// <summary>What each area gets: by its share, or as much as the others; of few units an area may get none.</summary>
    public static IEnumerable<LineSplit> Shares(long whole, IReadOnlyList<AreaShare> areas)
    {
        var parts = Money.Split.LargestRemainder(whole, [.. areas.Select(area => area.Share is { } share ? (long)(share * 1_000_000_000m) : 1L)]);
        return areas.Select((area, i) => new LineSplit(area.Area, parts[i]));
    }

    /// <summary>
    /// The line that one part of the split opens: of the first version, whatever became of the pledge since. What amended or ended it still
    /// has to come to this line.
    /// </summary>
    public async Task<Line> OpenAsync(Pledge pledge, LineSplit part, DateTimeOffset now, CancellationToken stop)
        => await OpenAsync(pledge, part, now, await partners.FindAsync(pledge.PartnerId, stop)
            ?? throw new InvalidOperationException($"Partner {pledge.PartnerId} is not known; its pledge waits for it."), stop);

    public async Task<Line> OpenAsync(Pledge pledge, LineSplit part, DateTimeOffset now, Partner partner, CancellationToken stop)
        => new(part.Area, pledge.Id, pledge.Resource.Unit, part.Minor, part.Minor, 0, 0, 0, [], 1, 0,
            pledge.Hold ? Standing.Held : null, await DonorAsync(pledge, partner, stop), pledge.Earmark, pledge.ValidUntil, pledge.Rate, now)
        {
            Conditions = pledge.Conditions,
            Status = pledge.Status,
            SmallestPart = pledge.SmallestPart,
            TimeFrom = pledge.Resource.From,
            TimeTo = pledge.Resource.To,
            PledgedOn = pledge.PledgedOn,
            Unearmarked = pledge.Areas.Count == 0 && !pledge.Earmark.IsTight,
            Stated = pledge.Stated is { } stated ? StatedShare(pledge, part, stated) : null,
        };

    /// <summary>Null for a line that an amendment opens: nothing was stated for it.</summary>
    private static StatedValue? StatedShare(Pledge pledge, LineSplit part, StatedValue stated)
    {
        var split = SplitOf(pledge) ?? [part];
        // An empty line, which an amendment opens to grow: it has no share of what was stated.
        if (split.All(other => other.Minor == 0)) return null;
        var index = split.ToList().FindIndex(other => other.Area == part.Area);
        return index < 0 ? null : stated with { Minor = Money.Split.LargestRemainder(stated.Minor, [.. split.Select(other => other.Minor)])[index] };
    }

    private async Task<DonorFacts> DonorAsync(Pledge pledge, Partner partner, CancellationToken stop)
    {
        var city = partner.City is null ? null : await cities.FindAsync(partner.City, stop);
        var twins = city is null ? [] : await cities.TwinsOfAsync(city.Id, stop);
        return new DonorFacts(partner.Id, partner.Name, partner.Sector, partner.City, city?.Name, partner.Country ?? city?.Country, city?.Situation, twins, partner.Interests)
        {
            Anonymous = pledge.IsAnonymous,
            Exclusions = partner.Exclusions,
        };
    }
}
