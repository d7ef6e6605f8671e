using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// What one problem is counted in. Goods, hours and money of one currency are counted as they are. Several currencies are counted in
/// the needs' own, when they share one at one rate, else in the reporting currency; every amount rounded down.
/// </summary>
internal sealed class CommonUnit
{
    private readonly bool inReporting;

    private CommonUnit(Unit unit, bool isExact, bool inReporting) => (Unit, IsExact, this.inReporting) = (unit, isExact, inReporting);

    public Unit Unit { get; }

    /// <summary>Nothing is exchanged: what is optimal here is so in the books, to the smallest unit.</summary>
    public bool IsExact { get; }

    /// <param name="needs">Of one kind and measure; money with rates only. At least one.</param>
    public static CommonUnit Of(IReadOnlyList<Position> needs, IEnumerable<Line> lines)
    {
        var unit = needs[0].Unit;
        if (!unit.IsMoney) return new CommonUnit(unit, isExact: true, inReporting: false);
        var isOne = needs.All(need => need.Unit == unit);
        if (isOne && lines.All(line => line.Unit == unit)) return new CommonUnit(unit, isExact: true, inReporting: false);
        if (isOne && needs.All(need => need.Rate!.UnitsPerReporting == needs[0].Rate!.UnitsPerReporting)) return new CommonUnit(unit, isExact: false, inReporting: false);
        return new CommonUnit(Unit.Of(Currency.Of(needs[0].Rate!.Reporting)), isExact: false, inReporting: true);
    }

    public long OfLine(Line line, long minor, Position anyNeed)
        => IsExact || line.Unit == Unit ? minor : inReporting ? line.Rate!.ToReporting(minor) : anyNeed.Rate!.FromOther(minor, line.Rate!);

    public long OfNeed(Position need, long value) => inReporting ? need.Rate!.ToReporting(value) : value;
}
