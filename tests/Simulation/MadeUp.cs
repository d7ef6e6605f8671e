using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Tests.Simulation;

using Unit = FundingFlow.Money.Unit;

/// <summary>What partners and cities of a made-up life say: drawn from the run's numbers, so that the same seed says the same.</summary>
/// <param name="wild">Needs also change what they are counted in and where they are.</param>
public sealed class MadeUp(Random random, TimeProvider clock, bool wild = false)
{
    public static readonly string[] Partners = ["rome", "acme", "aid", "bern"];
    public static readonly string[] AreaSlugs = [Areas.Youth, Areas.Sport, Areas.Culture];
    public static readonly string[] Projects = ["farm", "school", "film", "club"];
    public static readonly (string Id, string Country)[] Cities = [("kigali", "RW"), ("lima", "PE"), ("nablus", "PS")];
    private static readonly Unit[] Units =
    [
        Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("USD")), Unit.Of(Currency.Of("RWF")),
        Unit.Of(Currency.Of("KWD")), Unit.Goods("laptop", "piece", 0), Unit.Hours("coaching"),
    ];

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public T One<T>(params T[] values) => values[random.Next(values.Length)];

    public PledgeRequest Request()
    {
        var unit = Units[random.Next(Units.Length)];
        string[] areas = [.. AreaSlugs.OrderBy(_ => random.Next()).Take(Math.Max(0, random.Next(-2, 4)))];
        var isShared = areas.Length == 2 && random.Next(2) == 0;
        var request = new PledgeRequest(
            One(Partners), new Resource(unit, random.Next(1, random.Next(4) == 0 ? 10 : 1_500)),
            [.. areas.Select((area, i) => new AreaShare(area, isShared ? (i == 0 ? 0.3m : 0.7m) : null))], Earmarked(), [], null, Visibility.Public, null);
        request = Constrained(request);
        if (unit.IsMoney && random.Next(2) == 0) request = request with { Conditions = Conditions() };
        request = request with { Schedule = Scheduled(request.Resource.Minor) };
        return random.Next(12) switch
        {
            _ when random.Next(4) == 0 => request with { ValidUntil = Today.AddDays(random.Next(3)), PastDatesAllowed = true },
            0 => request with { Status = StatedStatus.Receipt },
            1 => request with { Status = StatedStatus.Commitment },
            2 when unit.IsMoney => request with { Stated = new StatedValue(random.Next(1, 3_000), One("EUR", "USD")) },
            3 => request with { Hold = true },
            _ => request,
        };
    }

    private PledgeRequest Constrained(PledgeRequest request) => random.Next(wild ? 4 : 8) switch
    {
        0 => request with { ValidUntil = Today },
        1 => request with { Resource = request.Resource with { From = Today, To = Today.AddDays(random.Next(3)) } },
        // No more than what the smallest of its areas gets.
        2 or 3 when request.Resource.Minor * 3 / 10 / Math.Max(1, request.Areas.Count) is > 0 and var most => request with { SmallestPart = random.NextInt64(1, most + 1) },
        _ => request,
    };

    public Exclusions? Excluded() => random.Next(4) switch
    {
        0 => new Exclusions([One(AreaSlugs)], [], [], []),
        1 => new Exclusions([], [One(Projects)], [Cities[random.Next(Cities.Length)].Id], []),
        2 => new Exclusions([], [], [], [Cities[random.Next(Cities.Length)].Country]),
        _ => null,
    };

    private DateOnly? Day(int around) => random.Next(3) == 0 ? Today.AddDays(random.Next(-around, around + 1)) : null;

    private IReadOnlyList<MatchCondition> Conditions() =>
        [.. Enumerable.Range(0, One(1, 1, 1, 2)).Select(_ => new MatchCondition((Sector)random.Next(3), One(0.3333m, 0.5m, 1m, 1.5m, 2m), random.Next(3) == 0 ? random.Next(1, 1_500) : null))];

    /// <summary>None, or up to four instalments of any size that sum to the pledge.</summary>
    private Instalment[] Scheduled(long minor)
    {
        var cuts = Enumerable.Range(0, random.Next(4)).Select(_ => random.NextInt64(minor + 1)).Order().ToList();
        if (cuts.Count == 0) return [];
        return [.. cuts.Append(minor).Zip(cuts.Prepend(0), (to, from) => to - from).Select((part, i) => new Instalment(new DateOnly(2027, 1, 1).AddMonths(i), part))];
    }

    private Earmark Earmarked() => random.Next(8) switch
    {
        0 => new Earmark([One(Projects)], [], []),
        1 => new Earmark([.. Projects.Take(2)], [], []),
        2 => new Earmark([], [Cities[random.Next(Cities.Length)].Id], []),
        3 => new Earmark([], [], [Cities[random.Next(Cities.Length)].Country, Cities[random.Next(Cities.Length)].Country]),
        _ => Earmark.None,
    };

    /// <summary>A project that states other needs: new ones, larger and smaller ones, some no more, and other days.</summary>
    /// <param name="before">Null: it is new.</param>
    public Project Project(string id, Project? before, bool closed)
    {
        List<Need> needs = [.. (before?.Needs ?? []).Where(_ => random.Next(5) > 0).Select(need => random.Next(3) == 0 ? need : need with { Required = random.Next(1, random.Next(2) == 0 ? 300 : 2_500) })];
        if (wild)
            for (var i = 0; i < needs.Count; i++)
            {
                if (random.Next(4) == 0) needs[i] = needs[i] with { Unit = Units[random.Next(Units.Length)] };
                if (random.Next(6) == 0) needs[i] = needs[i] with { Area = One(AreaSlugs) };
                if (random.Next(6) == 0) needs[i] = needs[i] with { City = Cities[random.Next(Cities.Length)].Id };
                if (random.Next(4) == 0) needs[i] = needs[i] with { MinimumViable = random.Next(3) == 0 ? null : random.Next(1, (int)Math.Min(int.MaxValue, needs[i].Required) + 1) };
                if (needs[i].MinimumViable > needs[i].Required) needs[i] = needs[i] with { MinimumViable = needs[i].Required };
            }

        for (var more = random.Next(needs.Count == 0 ? 1 : 0, 3); more > 0; more--)
        {
            var unit = Units[random.Next(Units.Length)];
            var need = new Need($"{unit.Code.ToLowerInvariant()}-{random.Next(2)}", unit, random.Next(1, 2_500), random.Next(2) == 0 ? 1 : null, One(AreaSlugs), Cities[random.Next(Cities.Length)].Id);
            if (wild) need = need with { Id = $"n{random.Next(4)}", Required = random.Next(3) == 0 ? random.Next(1, 12) : need.Required };
            if (!needs.Exists(other => other.Id == need.Id)) needs.Add(need);
        }

        string[] former = [.. before?.NeedAreas ?? []];
        return new Project(id, id, "kigali", "RW", AreaSlugs[0], "EUR", Day(2), Day(2), null, [], needs, []) { FormerAreas = former, Status = closed ? ProjectStatus.Closed : ProjectStatus.Open };
    }
}
