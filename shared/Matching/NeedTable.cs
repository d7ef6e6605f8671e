using System.Collections;
using System.Runtime.InteropServices;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Matching;

/// <summary>
/// The needs of one area in the order of their names, each with what placing asks of it kept beside it: which tranche comes next, and
/// of which kind it is. So a line looks once at each kind of need, and then at a few numbers of each need. For many readers or one who changes it.
/// </summary>
internal sealed class NeedTable : IReadOnlyCollection<Position>
{
    private readonly PlacingPolicy policy;
    private readonly List<Position> needs;
    private readonly List<Facts> facts;
    private readonly Dictionary<NeedKind, int> kinds;

    /// <summary>One need of each kind.</summary>
    private readonly List<Position> samples;

    public NeedTable(string area, PlacingPolicy policy) => (Area, this.policy, needs, facts, kinds, samples) = (area, policy, [], [], [], []);

    private NeedTable(NeedTable other)
        => (Area, policy, needs, facts, kinds, samples) = (other.Area, other.policy, [.. other.needs], [.. other.facts], new(other.kinds), [.. other.samples]);

    public string Area { get; }
    public int Count => needs.Count;

    /// <summary>A table for each area that any of the needs lies in.</summary>
    public static IReadOnlyList<NeedTable> ByArea(IEnumerable<Position> needs, PlacingPolicy policy)
    {
        var tables = new SortedDictionary<string, NeedTable>(StringComparer.Ordinal);
        foreach (var need in needs.OrderBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal))
        {
            if (!tables.TryGetValue(need.Area, out var table)) tables[need.Area] = table = new NeedTable(need.Area, policy);
            table.Put(need);
        }

        return [.. tables.Values];
    }

    public NeedTable Copy() => new(this);

    public Position? Find(PartRef need) => IndexOf(need) is >= 0 and var at ? needs[at] : null;

    /// <summary>In the place of the need's state before, if there is one.</summary>
    public void Put(Position need)
    {
        var at = IndexOf(need.Ref);
        if (at < 0)
        {
            at = ~at;
            needs.Insert(at, need);
            facts.Insert(at, default);
        }
        else if (ReferenceEquals(needs[at], need)) return;
        else needs[at] = need;

        // What a project lacks is seen over all of its needs, which stand beside each other.
        var (first, end) = (at, at + 1);
        while (first > 0 && needs[first - 1].ProjectId == need.ProjectId) first--;
        while (end < needs.Count && needs[end].ProjectId == need.ProjectId) end++;
        var sectors = 0;
        for (var i = first; i < end; i++) sectors |= BitsOf(needs[i].Sectors);
        for (var i = first; i < end; i++)
            if (i == at || facts[i].Sectors != sectors) facts[i] = FactsOf(needs[i], sectors);
    }

    public void Clear()
    {
        needs.Clear();
        facts.Clear();
        kinds.Clear();
        samples.Clear();
    }

    /// <summary>Adds the needs that a line could go to, in the order of their names.</summary>
    /// <param name="table">This one's number among those that are looked at.</param>
    /// <param name="exchange">Of that line.</param>
    public void AddChoices(List<Choice> choices, int table, Line line, Exchange exchange, DateOnly today)
    {
        choices.EnsureCapacity(choices.Count + needs.Count);
        var isByNeed = line.Earmark.IsTight || line.Declined.Count > 0 || line.Donor.Exclusions?.Projects.Count > 0;
        var begun = line.SmallestPart is null ? [] : line.Parts.ToHashSet();
        var (hasTimes, day) = (line.TimeFrom is not null || line.TimeTo is not null, today.DayNumber);
        var looks = new Look[samples.Count];
        for (var kind = 0; kind < looks.Length; kind++) looks[kind] = LookAt(samples[kind], line, exchange);
        var known = CollectionsMarshal.AsSpan(facts);
        for (var i = 0; i < known.Length; i++)
        {
            ref readonly var fact = ref known[i];
            ref readonly var look = ref looks[fact.Kind];
            var bar = isByNeed ? Eligibility.BarByTerms(line, needs[i]) : look.Bar;
            if (bar == Bar.NotMeant) continue;
            if (bar == Bar.None && (hasTimes || fact.LastDay < day) && !Eligibility.IsOpen(line, needs[i], today)) bar = Bar.Dates;
            if (bar != Bar.None && fact.Weight == 0) continue;
            var lacks = (fact.Sectors & Bit(line.Donor.Sector)) == 0;
            choices.Add(new Choice(needs[i], table, fact.Weight, lacks ? look.FitLacking : look.Fit, bar, look.IsPossible, lacks,
                begun.Count > 0 && Area == line.Area && begun.Contains(needs[i].Ref), fact.IsEmpty));
        }
    }

    public IEnumerator<Position> GetEnumerator() => needs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Look LookAt(Position sample, Line line, Exchange exchange)
        => new(Eligibility.BarByTerms(line, sample), exchange.Possible(sample), Fit.Of(line.Donor, sample, policy, lacks: false), Fit.Of(line.Donor, sample, policy, lacks: true));

    private Facts FactsOf(Position need, int sectors)
    {
        var kind = new NeedKind(need.Unit, need.City, need.Country, need.Situation, need.Gone, need.Closed, need.Rate is not null);
        if (!kinds.TryGetValue(kind, out var number))
        {
            kinds[kind] = number = samples.Count;
            samples.Add(need);
        }

        var filled = Choice.FilledOf(need);
        return new Facts(number, policy.Next(need, filled)?.Weight ?? 0, (need.EndsOn ?? DateOnly.MaxValue).DayNumber, sectors, filled == 0);
    }

    private int IndexOf(PartRef need)
    {
        var (first, end) = (0, needs.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            var order = string.CompareOrdinal(needs[middle].ProjectId, need.ProjectId);
            if (order == 0) order = string.CompareOrdinal(needs[middle].NeedId, need.NeedId);
            if (order == 0) return middle;
            if (order < 0) first = middle + 1;
            else end = middle;
        }

        return ~first;
    }

    private static int BitsOf(IReadOnlyList<Sector> sectors)
    {
        var bits = 0;
        for (var i = 0; i < sectors.Count; i++) bits |= Bit(sectors[i]);
        return bits;
    }

    private static int Bit(Sector sector) => 1 << (int)sector;

    /// <param name="Weight">Of the tranche that the next unit would land in; 0 where the need is full.</param>
    /// <param name="LastDay">A <see cref="DateOnly.DayNumber"/>.</param>
    /// <param name="Sectors">A bit for each that the project has support from, in any of its needs here.</param>
    private readonly record struct Facts(int Kind, int Weight, int LastDay, int Sectors, bool IsEmpty);

    /// <summary>All that eligibility and fit look at, but for the name, the dates, and what the project lacks.</summary>
    private readonly record struct NeedKind(Unit Unit, string City, string Country, Situation Situation, bool Gone, bool Closed, bool HasRate);

    /// <summary>What a line finds at a kind of need.</summary>
    private readonly record struct Look(Bar Bar, bool IsPossible, int Fit, int FitLacking);
}
