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
        var weights = pledge.Areas.Select(area => area.Share is { } share ? (long)(share * 1_000_000_000m) : 1L).ToList();
        var parts = Money.Split.LargestRemainder(minor, weights);
        return [.. pledge.Areas.Select((area, i) => new LineSplit(area.Area, parts[i])).Where(part => part.Minor > 0)];
    }

    /// <summary>The line that one part of the split opens.</summary>
    public async Task<Line> OpenAsync(Pledge pledge, LineSplit part, DateTimeOffset now, CancellationToken stop)
        => new(part.Area, pledge.Id, pledge.Resource.Unit, part.Minor, part.Minor, 0, 0, 0, [], pledge.Version, 0,
            pledge.Hold ? Standing.Held : null, await DonorAsync(pledge, stop), pledge.Earmark, pledge.ValidUntil, pledge.Rate, now)
        {
            Status = pledge.Status,
            Unearmarked = pledge.Areas.Count == 0 && !pledge.Earmark.IsTight,
            Stated = pledge.Stated is { } stated ? StatedShare(pledge, part, stated) : null,
        };

    /// <summary>Null for a line that an amendment opens: nothing was stated for it.</summary>
    private static StatedValue? StatedShare(Pledge pledge, LineSplit part, StatedValue stated)
    {
        var split = SplitOf(pledge) ?? [part];
        var index = split.ToList().FindIndex(other => other.Area == part.Area);
        return index < 0 ? null : stated with { Minor = Money.Split.LargestRemainder(stated.Minor, [.. split.Select(other => other.Minor)])[index] };
    }

    private async Task<DonorFacts> DonorAsync(Pledge pledge, CancellationToken stop)
    {
        var partner = await partners.FindAsync(pledge.PartnerId, stop)
            ?? throw new InvalidOperationException($"Partner {pledge.PartnerId} is not known; its pledge waits for it.");
        var city = partner.City is null ? null : await cities.FindAsync(partner.City, stop);
        var twins = city is null ? [] : await cities.TwinsOfAsync(city.Id, stop);
        return new DonorFacts(partner.Id, partner.Name, partner.Sector, partner.City, city?.Name, partner.Country ?? city?.Country, city?.Situation, twins, partner.Interests)
        {
            Anonymous = pledge.IsAnonymous,
        };
    }
}
