using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>GET of the list of projects, page by page.</summary>
public sealed class ProjectList(ProjectDirectory projects, ICities cities, ILedgerReader books, ISecuredUntil securedUntil, IRates rates)
{
    public const int PageSize = 100;

    public async Task<Outcome<ListPage<ProjectView>>> ListAsync(
        string? area, string? city, string? country, string? sort, string? continuation, CancellationToken stop)
    {
        var query = await ProjectQuery.ReadAsync(area, city, country, sort, cities, stop);
        if (query.Refusal is { } no) return no;
        return query.Value.ByGap
            ? await ByGapAsync(query.Value, continuation, stop)
            : await ByIdAsync(query.Value, continuation, stop);
    }

    private async Task<Outcome<ListPage<ProjectView>>> ByIdAsync(ProjectQuery query, string? continuation, CancellationToken stop)
    {
        var page = await projects.PageAsync(continuation, PageSize, query.Wants, stop);
        if (page.Refusal is { } no) return no;
        var positions = await PositionsAsync(page.Value.Items, stop);
        return new ListPage<ProjectView>(await ViewsAsync(page.Value.Items, positions, stop), page.Value.Continuation);
    }

    private async Task<Outcome<ListPage<ProjectView>>> ByGapAsync(ProjectQuery query, string? continuation, CancellationToken stop)
    {
        Place? after = null;
        if (continuation is not null && (after = Place.Read(continuation)) is null)
            return Refusal.Invalid("/continuation", "must be the continuation that the page before gave");
        var wanted = await projects.AllAsync(stop).Where(query.Wants).ToListAsync(stop);
        var positions = await PositionsAsync(wanted, stop);
        var rest = new List<(Place Place, Project Project)>();
        foreach (var project in wanted)
        {
            var place = new Place(await GapAsync(positions[project.Id], stop), project.Id);
            if (after is null || place.CompareTo(after) > 0) rest.Add((place, project));
        }

        rest.Sort((left, right) => left.Place.CompareTo(right.Place));
        var page = rest.Take(PageSize).ToList();
        return new ListPage<ProjectView>(
            await ViewsAsync([.. page.Select(pair => pair.Project)], positions, stop),
            rest.Count > PageSize ? page[^1].Place.ToString() : null);
    }

    /// <summary>One read per area, however many projects.</summary>
    private async Task<ILookup<string, Position>> PositionsAsync(IReadOnlyList<Project> wanted, CancellationToken stop)
    {
        var found = new List<Position>();
        foreach (var area in wanted.SelectMany(project => project.NeedAreas).Distinct(StringComparer.Ordinal))
            found.AddRange(await books.PositionsAsync(area, stop));
        return found.ToLookup(position => position.ProjectId, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<ProjectView>> ViewsAsync(IReadOnlyList<Project> page, ILookup<string, Position> positions, CancellationToken stop)
    {
        var views = new List<ProjectView>(page.Count);
        foreach (var project in page)
            views.Add(ProjectView.From(project, [.. positions[project.Id]], await securedUntil.OfAsync(project, stop)));
        return views;
    }

    /// <summary>Of the money needs, in the reporting currency; what has no rate counts nothing.</summary>
    private async Task<BigInteger> GapAsync(IEnumerable<Position> positions, CancellationToken stop)
    {
        var gap = BigInteger.Zero;
        foreach (var position in positions)
            if (await rates.OfAsync(position, stop) is { } rate) gap += Figures.Of(position, rate).Gap;
        return gap;
    }

    /// <summary>A place in the order by gap, largest first, then by id; as a token it is where a page ended.</summary>
    private sealed record Place(BigInteger Gap, string Id) : IComparable<Place>
    {
        public static Place? Read(string token)
        {
            if (!Base64Url.IsValid(token)) return null;
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('|') is [var gap, var id]
                && gap.Length < 64 && BigInteger.TryParse(gap, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? new Place(value, id)
                : null;
        }

        public int CompareTo(Place? other)
            => other is null ? 1 : other.Gap.CompareTo(Gap) is var byGap and not 0 ? byGap : string.CompareOrdinal(Id, other.Id);

        public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Gap.ToString(CultureInfo.InvariantCulture)}|{Id}"));
    }
}
