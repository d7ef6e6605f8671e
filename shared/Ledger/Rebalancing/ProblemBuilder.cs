using System.Globalization;
using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Makes of the books one problem for each unit: money, each item, each skill, over all areas. A pure function: the same books, the same problems.</summary>
internal sealed class ProblemBuilder
{
    private readonly PlacingPolicy policy;
    private readonly Movable movable;
    private readonly ProjectSectors sectors;
    private readonly BooksAt books;
    private readonly Dictionary<(string Area, string PledgeId), Line> lines = [];
    private readonly Dictionary<Place, Position> needs = [];
    private readonly Dictionary<Place, List<(Line Line, Allocation Part)>> moving = [];
    private readonly Dictionary<Place, SortedSet<Sector>> staying = [];

    private ProblemBuilder(BooksAt books, PlacingPolicy policy)
    {
        (this.books, this.policy) = (books, policy);
        movable = new Movable(policy, books.Today, books.Now);
        foreach (var line in books.Lines) lines[(line.Area, line.PledgeId)] = line;
        foreach (var need in books.Needs) needs[Place.Of(need)] = need;
        foreach (var part in books.Parts) Sort(part);
        sectors = ProjectSectors.Of(books.Needs.Select(Bare));
    }

    /// <summary>By unit: money first, then goods and hours by their names.</summary>
    public static IReadOnlyList<UnitBooks> Of(BooksAt books, PlacingPolicy policy)
    {
        var builder = new ProblemBuilder(books, policy);
        return [.. books.Needs.Where(need => !need.Gone && (!need.Unit.IsMoney || need.Rate is not null))
            .GroupBy(need => need.Unit.IsMoney ? null : need.Unit)
            .OrderBy(unit => unit.Key is null ? "" : $"{unit.Key.Kind}|{unit.Key.Code}|{unit.Key.Measure}", StringComparer.Ordinal)
            .Select(unit => builder.Unit([.. unit])).OfType<UnitBooks>()];
    }

    /// <summary>Where units lie above a requirement, only those move that chose the project; the others are released by whoever lowered it.</summary>
    private static bool IsOverfilled(Position need) => need.Filled > need.Required;

    private void Sort(Allocation part)
    {
        var place = Place.Of(part);
        if (!lines.TryGetValue((part.Area, part.PledgeId), out var line) || !needs.TryGetValue(place, out var need)) return;
        var moves = movable.Allows(line, part, need) && (!IsOverfilled(need) || line.Earmark.IsTight);
        if (moves) (moving.TryGetValue(place, out var list) ? list : moving[place] = []).Add((line, part));
        if (!moves || part.Total.Minor > part.Proposed.Minor)
            (staying.TryGetValue(place, out var sectors) ? sectors : staying[place] = []).Add(line.Donor.Sector);
    }

    private UnitBooks? Unit(IReadOnlyList<Position> all)
    {
        // Needs begun are finished before others are, as when a single pledge is placed.
        List<Position> bare = [.. all.Select(Bare).OrderBy(need => need.Filled == 0).ThenBy(need => need.ProjectId, StringComparer.Ordinal)
            .ThenBy(need => need.NeedId, StringComparer.Ordinal).ThenBy(need => need.Area, StringComparer.Ordinal)];
        var own = books.Lines.Where(line => movable.Allows(line) && line.Unit.Serves(bare[0].Unit)).ToList();
        if (own.Count == 0) return null;
        var common = CommonUnit.Of(bare, own);
        var index = bare.Select((need, demand) => (Place.Of(need), demand)).ToDictionary(pair => pair.Item1, pair => pair.demand);
        var demands = new DemandBooks(bare, common, policy);
        var supplies = own.GroupBy(SupplyIdOf, StringComparer.Ordinal).OrderBy(supply => supply.Key, StringComparer.Ordinal)
            .Select(supply => SupplyOf([.. supply.OrderBy(line => line.Area, StringComparer.Ordinal)], index, bare, common))
            .Where(supply => supply.Lots.Sum(lot => lot.Units) > 0).ToList();
        supplies = WithoutExcess(supplies, bare, demands);
        var classes = ClassNames([.. supplies.AsParallel().AsOrdered().Select(supply => ClassOf(supply, bare))]);
        var links = Links(supplies, classes, bare);
        var caps = new CapsOfProjects(books.Parts, bare, common, policy);
        var shares = caps.Of(supplies, classes, links);
        var problem = new OptimumProblem(
            [.. supplies.Select((supply, s) => new Supply(SupplyIdOf(supply.Line), UnitsOf(supply, common, bare[0]), classes[s], SmallestOf(supply, common, bare[0]), supply.Line.Earmark.IsTight ? null : supply.Line.Donor.PartnerId) { MustPlace = ChosenPlaces.HeldBy(supply) })],
            caps.Named(demands.Demands), links,
            [.. supplies.SelectMany((supply, s) => supply.Lots.Where(lot => lot.Demand >= 0 && lot.Units > 0).Select(lot => new Current(s, lot.Demand, lot.Units)))],
            [.. shares.Select(share => share.Cap)]);
        return new UnitBooks(common, bare[0].Unit.IsMoney ? common.Unit : bare[0].Unit, problem, supplies, bare, sectors, demands.FixedMet, demands.Whole,
            common.IsExact ? default : Rounding.Of(problem, supplies, bare, common), shares.ToDictionary(share => (share.Cap.Partner, share.Cap.Project), share => share.Value));
    }

    /// <summary>The need with nothing movable in it; a sector is there when something of it stays.</summary>
    private Position Bare(Position need)
    {
        var place = Place.Of(need);
        var value = moving.TryGetValue(place, out var parts) ? parts.Sum(moved => moved.Part.Proposed.Value) : 0;
        return need with
        {
            Proposed = Math.Max(0, need.Proposed - value),
            Sectors = staying.TryGetValue(place, out var sectors) ? [.. sectors] : [],
            Reservations = null,
        };
    }

    private static string SupplyIdOf(Line line) => line.Unearmarked ? line.PledgeId : $"{line.PledgeId}|{line.Area}";

    private SupplyBooks SupplyOf(IReadOnlyList<Line> own, Dictionary<Place, int> index, List<Position> bare, CommonUnit common)
    {
        var lots = new List<(string Area, int Demand, Placed Amount)>();
        foreach (var line in own)
        {
            foreach (var need in line.Parts)
                if (moving.TryGetValue(new Place(line.Area, need), out var parts) && index.TryGetValue(new Place(line.Area, need), out var demand)
                    && parts.Find(moved => moved.Line.PledgeId == line.PledgeId) is { Part: { } part })
                    lots.Add((line.Area, demand, part.Proposed));
            if (line.Placeable > 0) lots.Add((line.Area, -1, new Placed(line.Placeable, 0)));
        }

        if (lots.Count == 0) return new SupplyBooks(own, []);
        var minor = lots.Sum(lot => lot.Amount.Minor);
        var units = Split.LargestRemainder(common.OfLine(own[0], minor, bare[0]), [.. lots.Select(lot => lot.Amount.Minor)]);
        return new SupplyBooks(own, [.. lots.Select((lot, i) => new Lot(lot.Area, lot.Demand, lot.Amount, units[i]))]);
    }

    private static long UnitsOf(SupplyBooks supply, CommonUnit common, Position anyNeed) => common.OfLine(supply.Line, supply.Minor, anyNeed);

    /// <summary>Where units are exchanged a little more, so that no part falls below it when they come back; what lies now may stay.</summary>
    private static long SmallestOf(SupplyBooks supply, CommonUnit common, Position anyNeed) => supply.Line.SmallestPart is not { } smallest ? 0
        : common.IsExact ? smallest
        : Math.Min(common.OfLine(supply.Line, smallest, anyNeed) + 2, supply.Lots.Where(lot => lot is { Demand: >= 0, Units: > 0 }).Select(lot => lot.Units).DefaultIfEmpty(long.MaxValue).Min());

    /// <summary>What a tight earmark holds above a need's room meets no need: it is counted as unplaced, the worst fitting and newest first.</summary>
    private List<SupplyBooks> WithoutExcess(List<SupplyBooks> supplies, List<Position> bare, DemandBooks demands)
    {
        var lotsAt = supplies.SelectMany((supply, s) => supply.Lots.Select(lot => (Supply: s, Lot: lot))).ToLookup(held => held.Lot.Demand);
        for (var d = 0; d < bare.Count; d++)
        {
            if (!IsOverfilled(needs[Place.Of(bare[d])])) continue;
            var demand = d;
            var here = lotsAt[demand].OrderBy(held => FitOf(supplies[held.Supply].Line.Donor, bare[demand]))
                .ThenByDescending(held => supplies[held.Supply].Line.OpenedAt).ThenBy(held => supplies[held.Supply].Line.PledgeId, StringComparer.Ordinal).ToList();
            var excess = here.Sum(held => held.Lot.Units) - demands.RoomOf(demand);
            foreach (var (s, lot) in here)
            {
                if (excess <= 0) break;
                var above = Math.Min(excess, lot.Units);
                excess -= above;
                supplies[s] = supplies[s] with { Lots = [.. supplies[s].Lots.Select(other => ReferenceEquals(other, lot) ? lot with { Units = lot.Units - above, Above = above } : other)] };
            }
        }

        return supplies;
    }

    /// <summary>All of a line that decides where its units may go and how well they fit there: what tells it apart otherwise is taken out.</summary>
    private string ClassOf(SupplyBooks supply, List<Position> bare)
    {
        var line = supply.Line;
        var facts = Wire.Write(line with
        {
            Area = ScopeOf(line), PledgeId = "", Amount = 0, Unallocated = 0, MovedOut = 0, MovedIn = 0, Withdrawn = 0, WrittenOff = 0, Parts = [], Version = 0, Sequence = 0,
            Standing = null, Donor = line.Donor with { PartnerId = "", Name = "", Anonymous = false }, ValidUntil = null, Rate = null, OpenedAt = default,
            Sendings = [], Stated = null, Parked = null, Unearmarked = false, SmallestPart = null, Conditions = [], Closed = false,
        });
        var above = supply.Lots.Where(lot => lot.Demand >= 0 && IsOverfilled(needs[Place.Of(bare[lot.Demand])])).Select(lot => lot.Demand);
        return $"{facts}|{string.Join(',', above)}";
    }

    /// <summary>Short, in the order of the first supply of each: millions of links are looked up by them.</summary>
    private static List<string> ClassNames(List<string> classes)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return classes.ConvertAll(facts => names.TryGetValue(facts, out var name) ? name : names[facts] = names.Count.ToString("D7", CultureInfo.InvariantCulture));
    }

    private int FitOf(DonorFacts donor, Position need) => Fit.Of(donor, need, policy, sectors.Lacks(need, donor.Sector));

    private static string ScopeOf(Line line) => line.Unearmarked || line.Area == Areas.Any ? "" : line.Area;

    private List<Link> Links(List<SupplyBooks> supplies, List<string> classes, List<Position> bare)
    {
        var links = new List<Link>();
        var kinds = new NeedKinds(bare, sectors);
        var isFull = bare.ConvertAll(need => IsOverfilled(needs[Place.Of(need)]));
        foreach (var (name, supply) in classes.Zip(supplies).DistinctBy(pair => pair.First))
        {
            var (line, scope) = (supply.Line, ScopeOf(supply.Line));
            var fits = kinds.FitsOf(line, scope, need => movable.MayLieAt(line, need) ? FitOf(line.Donor, need) : null);
            // Nobody new comes to where too much lies.
            foreach (var (demand, fit) in fits)
                if (!isFull[demand] || supply.Lots.Any(lot => lot.Demand == demand)) links.Add(new Link(name, demand, fit));
        }

        return links;
    }
}
