using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Matching;

/// <summary>
/// What units of a line count at a need. Goods, hours and the same currency count one for one; a stated value counts as
/// stated where the need is in its currency; anything else goes over the two fixed rates. Values round down, so that no
/// need is filled above its requirement.
/// </summary>
internal sealed class Exchange(Line line, long unallocated)
{
    private readonly long total = checked(line.Amount + line.MovedIn);
    private long left = unallocated;

    public long Left => left;

    /// <summary>Whether the line can be counted at this need at all.</summary>
    public bool Possible(Position need)
        => line.Unit.Serves(need.Unit) && (!line.Unit.IsMoney || (line.Rate is not null && need.Rate is not null));

    /// <summary>The most that may be placed so that it counts at most <paramref name="room"/>: all that is left, or just enough to fill the room.</summary>
    public Placed UpTo(Position need, long room)
    {
        var whole = Value(need, left);
        if (whole <= room) return new Placed(left, whole);
        var enough = Enough(need, room);
        return new Placed(enough, room);
    }

    /// <summary>As many units and what they count; the caller sees to it that there are as many and that there is room.</summary>
    public Placed Exactly(Position need, long minor) => new(minor, Value(need, Math.Min(minor, left)));

    /// <summary>All that is left, whatever it counts.</summary>
    public Placed All(Position need) => new(left, Value(need, left));

    public void Take(Placed part) => left = checked(left - part.Minor);

    private bool CountsAsStated(Position need) => line.Stated is { } stated && stated.Currency == need.Unit.Code && line.MovedIn == 0;

    private long Value(Position need, long minor)
    {
        if (!line.Unit.IsMoney || line.Unit == need.Unit) return minor;
        if (CountsAsStated(need)) return StatedUpTo(total - left + minor) - StatedUpTo(total - left);
        return need.Rate!.FromOther(minor, line.Rate!);
    }

    /// <summary>The fewest units that count at least <paramref name="room"/>; the room is known to be smaller than all that is left.</summary>
    private long Enough(Position need, long room)
    {
        if (!line.Unit.IsMoney || line.Unit == need.Unit) return room;
        var (none, all) = (0L, left);
        while (all - none > 1)
        {
            var middle = none + ((all - none) / 2);
            if (Value(need, middle) >= room) all = middle;
            else none = middle;
        }

        return all;
    }

    private long StatedUpTo(long minor) => (long)((Int128)line.Stated!.Minor * minor / total);
}
