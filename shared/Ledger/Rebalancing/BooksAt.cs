using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>The books of all areas as they were read; not at one moment, so every move is checked again when it is made.</summary>
internal sealed record BooksAt(IReadOnlyList<Position> Needs, IReadOnlyList<Line> Lines, IReadOnlyList<Allocation> Parts, DateOnly Today, DateTimeOffset Now)
{
    /// <summary>All areas at the same time.</summary>
    public static async Task<BooksAt> ReadAsync(ITables tables, ForumCalendar calendar, CancellationToken stop)
    {
        var areas = await Task.WhenAll(Areas.All.Append(Areas.Any).Select(async area => (
            Needs: await AllAsync<Position>(area, LedgerKeys.PositionPrefix),
            Lines: await AllAsync<Line>(area, LedgerKeys.LinePrefix),
            Parts: await AllAsync<Allocation>(area, LedgerKeys.AllocationPrefix))));
        return new BooksAt([.. areas.SelectMany(area => area.Needs)], [.. areas.SelectMany(area => area.Lines)], [.. areas.SelectMany(area => area.Parts)], calendar.Today, calendar.Now);

        async Task<List<T>> AllAsync<T>(string area, string prefix)
        {
            var all = new List<T>();
            await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, prefix, stop)) all.Add(Wire.Read<T>(row));
            return all;
        }
    }
}

/// <summary>A need of one area.</summary>
internal readonly record struct Place(string Area, PartRef Need)
{
    public static Place Of(Position need) => new(need.Area, need.Ref);

    public static Place Of(Allocation part) => new(part.Area, new PartRef(part.ProjectId, part.NeedId));
}
