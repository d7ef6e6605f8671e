using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>The books of all areas as they were read; not at one moment, so every move is checked again when it is made.</summary>
internal sealed record BooksAt(IReadOnlyList<Position> Needs, IReadOnlyList<Line> Lines, IReadOnlyList<Allocation> Parts, DateOnly Today, DateTimeOffset Now)
{
    public static async Task<BooksAt> ReadAsync(ITables tables, ForumCalendar calendar, CancellationToken stop)
    {
        var (needs, lines, parts) = (new List<Position>(), new List<Line>(), new List<Allocation>());
        foreach (var area in Areas.All.Append(Areas.Any))
        {
            await AddAsync(needs, area, LedgerKeys.PositionPrefix);
            await AddAsync(lines, area, LedgerKeys.LinePrefix);
            await AddAsync(parts, area, LedgerKeys.AllocationPrefix);
        }

        return new BooksAt(needs, lines, parts, calendar.Today, calendar.Now);

        async Task AddAsync<T>(List<T> all, string area, string prefix)
        {
            await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, prefix, stop)) all.Add(Wire.Read<T>(row));
        }
    }
}

/// <summary>A need of one area.</summary>
internal readonly record struct Place(string Area, PartRef Need)
{
    public static Place Of(Position need) => new(need.Area, need.Ref);

    public static Place Of(Allocation part) => new(part.Area, new PartRef(part.ProjectId, part.NeedId));
}
