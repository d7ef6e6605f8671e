using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// What has to move for the books to lie as a plan says: back in the pledges' own units (largest remainder, what stays keeps its
/// amount), and in the needs' (rounded down, never above what they require, nor above a partner's share). A pure function.
/// </summary>
internal sealed class MovePlanner
{
    private readonly UnitBooks books;
    private readonly OptimumPlan plan;
    private readonly MoveReasons reasons;
    private readonly long[] room;
    private readonly Dictionary<(string Partner, string Project), long> shares;
    private readonly List<RebalanceMove> moves;
    private readonly int first;

    private MovePlanner(UnitBooks books, OptimumPlan plan, PlacingPolicy policy, List<RebalanceMove> moves)
    {
        (this.books, this.plan, this.moves) = (books, plan, moves);
        reasons = new MoveReasons(books, plan, policy);
        first = moves.Count;
        room = [.. books.Needs.Select(need => need.Required - need.Filled)];
        shares = new Dictionary<(string Partner, string Project), long>(books.Shares);
    }

    /// <summary>Adds the plan's moves to those of other units, numbered on.</summary>
    public static void Add(UnitBooks books, OptimumPlan plan, PlacingPolicy policy, List<RebalanceMove> moves)
    {
        if (IsNoGain(books, plan)) return;
        new MovePlanner(books, plan, policy, moves).Run();
    }

    /// <summary>Nothing is gained (a search that was stopped may even lose), or no more than exchanging and rounding can take away again.</summary>
    public static bool IsNoGain(UnitBooks books, OptimumPlan plan)
        => (plan.Score.WeightedMet, plan.Score.FitScore).CompareTo((books.Now.WeightedMet, books.Now.FitScore)) <= 0
            || (!books.Common.IsExact && plan.Score.WeightedMet - books.Now.WeightedMet <= books.Rounding.WeightedMet && plan.Score.FitScore - books.Now.FitScore <= books.Rounding.FitScore);

    private void Run()
    {
        var planned = plan.Parts.ToLookup(part => part.Supply);
        var changes = books.Supplies.Select((supply, s) => Changes(supply, planned[s])).ToList();
        // What stays has its room first; then what comes is counted into what is left of it.
        for (var s = 0; s < changes.Count; s++)
            foreach (var lot in books.Supplies[s].Lots.Where(lot => lot.Demand >= 0))
                Take(s, lot.Demand, lot.Amount.Value - (changes[s].Less.TryGetValue(lot.Demand, out var leaves) ? lot.Amount.Part(leaves).Value : 0));
        for (var s = 0; s < changes.Count; s++) Match(books.Supplies[s], s, changes[s]);
    }

    /// <summary>How much each lot loses and each demand gains, in the pledge's unit; what is lost more than gained is released.</summary>
    private static Change Changes(SupplyBooks supply, IEnumerable<Current> planned)
    {
        var target = planned.GroupBy(part => part.Demand).ToDictionary(part => part.Key, part => part.Sum(p => p.Units));
        List<Lot> parts = [.. supply.Lots.Where(lot => lot.Demand >= 0)], pool = [.. supply.Lots.Where(lot => lot.Demand < 0)];
        var unplaced = supply.Lots.Sum(lot => lot.Units + lot.Above) - target.Values.Sum();
        // A lot whose units the plan leaves as they are keeps its amount; the others share the rest.
        var kept = parts.Where(lot => lot.Above == 0 && lot.Units == target.GetValueOrDefault(lot.Demand)).ToList();
        if (unplaced == pool.Sum(lot => lot.Units) && parts.All(lot => lot.Above == 0)) (kept, unplaced) = ([.. kept, .. pool], 0);
        foreach (var lot in kept) target.Remove(lot.Demand);
        List<int> order = [.. target.Keys.Order()];
        List<long> weights = [.. order.Select(demand => target[demand]), unplaced];
        if (weights.All(weight => weight == 0)) return new Change(new Dictionary<int, long>(), []);
        var shares = Split.LargestRemainder(supply.Minor - kept.Sum(lot => lot.Amount.Minor), weights);
        // Coming back from the problem's unit may leave a part a little below the smallest.
        if (supply.Line.SmallestPart is { } smallest) Split.RaiseTo(smallest, shares);
        var wanted = order.Select((demand, i) => (demand, shares[i])).ToDictionary(pair => pair.demand, pair => pair.Item2);
        var moving = parts.Except(kept).OrderBy(lot => lot.Demand).ToList();
        if (supply.Line.Earmark.IsTight) StayAbove(moving, wanted, shares[^1]);
        var less = new Dictionary<int, long>();
        foreach (var lot in moving)
        {
            var change = wanted.GetValueOrDefault(lot.Demand) - lot.Amount.Minor;
            wanted[lot.Demand] = Math.Max(0, change);
            if (change < 0) less[lot.Demand] = -change;
        }

        return new Change(less, [.. wanted.Where(more => more.Value > 0).OrderBy(more => more.Key).Select(more => (more.Key, more.Value))]);
    }

    /// <summary>What no room was found for stays where its partner chose it to be.</summary>
    private static void StayAbove(IEnumerable<Lot> moving, Dictionary<int, long> wanted, long left)
    {
        foreach (var lot in moving)
        {
            var stays = Math.Clamp(lot.Amount.Minor - wanted.GetValueOrDefault(lot.Demand), 0, left);
            wanted[lot.Demand] = wanted.GetValueOrDefault(lot.Demand) + stays;
            left -= stays;
        }
    }

    /// <summary>Units that leave in an area serve what comes there first, then unallocated ones do; only then do units cross areas.</summary>
    private void Match(SupplyBooks supply, int s, Change change)
    {
        var sources = supply.Lots.Where(lot => lot.Demand < 0 || change.Less.ContainsKey(lot.Demand))
            .Select(lot => new Source(lot, lot.Demand < 0 ? lot.Amount.Minor : change.Less[lot.Demand])).ToList();
        var wanted = change.More.Select(more => new Wanted(more.Demand, more.Minor)).ToList();
        foreach (var pass in new[] { true, false })
            foreach (var want in wanted)
                foreach (var source in sources.OrderBy(source => source.Lot.Demand < 0))
                {
                    if (source.Left == 0 || want.Left == 0 || (source.Lot.Area == books.Needs[want.Demand].Area) != pass) continue;
                    var minor = Math.Min(source.Left, want.Left);
                    var amount = Placing(supply, s, source.Lot, want.Demand, minor);
                    if (amount.Minor > 0) Move(supply, s, source, want.Demand, amount);
                    if (minor > amount.Minor && source.Lot.Demand >= 0) Move(supply, s, source, -1, new Placed(minor - amount.Minor, 0));
                    source.Left -= minor;
                    want.Left -= minor;
                }

        foreach (var source in sources.Where(source => source.Lot.Demand >= 0 && source.Left > 0)) Move(supply, s, source, -1, new Placed(source.Left, 0));
    }

    /// <summary>What the units count at the need; none where they are too few to count there at all, or rounding left no room.</summary>
    private Placed Placing(SupplyBooks supply, int s, Lot from, int demand, long minor)
    {
        var need = books.Needs[demand];
        var line = supply.Lines.FirstOrDefault(line => line.Area == need.Area) ?? supply.Line with { Stated = from.Area == need.Area ? supply.Line.Stated : null };
        var left = ShareOf(s, demand) is { } share ? Math.Min(room[demand], shares[share]) : room[demand];
        if (left <= 0) return default;
        var equal = Math.Min(minor, left);
        var amount = !line.Unit.IsMoney || line.Unit == need.Unit ? new Placed(equal, equal) : PlannedPlacing.Counted(new Exchange(line, minor), need, minor, left);
        if (amount.Value <= 0) return default;
        Take(s, demand, amount.Value);
        return amount;
    }

    private void Take(int s, int demand, long value)
    {
        room[demand] -= value;
        if (ShareOf(s, demand) is { } share) shares[share] -= value;
    }

    /// <summary>Null where no cap can bind.</summary>
    private (string Partner, string Project)? ShareOf(int s, int demand)
        => books.Problem.Supplies[s].Partner is { } partner && books.Problem.Demands[demand].Project is { } project && shares.ContainsKey((partner, project)) ? (partner, project) : null;

    private void Move(SupplyBooks supply, int s, Source source, int demand, Placed amount)
    {
        var (from, frees) = (source.Lot, source.Free(amount.Minor));
        var (decided, why) = reasons.Of(s, from.Demand, demand);
        moves.Add(new RebalanceMove(moves.Count, supply.Line.PledgeId, supply.Line.Unit, from.Area, from.Demand < 0 ? null : books.Needs[from.Demand].Ref,
            demand < 0 ? from.Area : books.Needs[demand].Area, demand < 0 ? null : books.Needs[demand].Ref, amount.Minor, amount.Value, frees, why)
        { Decided = decided, IsTogether = supply.Line.SmallestPart is not null });
    }

    /// <param name="Less">By demand that units leave.</param>
    private sealed record Change(IReadOnlyDictionary<int, long> Less, IReadOnlyList<(int Demand, long Minor)> More);

    private sealed class Source(Lot lot, long left)
    {
        private Placed rest = lot.Amount;

        public Lot Lot { get; } = lot;
        public long Left { get; set; } = left;

        /// <summary>What so many units free at the need: of what those before have left, as they are released.</summary>
        public long Free(long minor)
        {
            var freed = rest.Part(Math.Min(minor, rest.Minor));
            rest -= freed;
            return freed.Value;
        }
    }

    private sealed class Wanted(int demand, long left)
    {
        public int Demand { get; } = demand;
        public long Left { get; set; } = left;
    }
}
