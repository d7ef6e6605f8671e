using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>
/// One way of giving out a line's units: each next one goes where it weighs most. A pledge with a smallest part opens a new part with
/// that much at once, or not at all. Made for one run.
/// </summary>
internal sealed class Filling
{
    private readonly Exchange exchange;
    private readonly ShareCaps caps;
    private readonly long? smallest;

    public Filling(Line line, List<Choice> choices, PlacingPolicy policy, ShareCaps caps)
    {
        exchange = new Exchange(line, line.Placeable);
        (this.caps, smallest) = (caps, line.SmallestPart);
        var possible = choices.TrueForAll(choice => choice.IsPossible) ? choices : choices.FindAll(choice => choice.IsPossible);
        // At least 1, though less is left and counts nothing there: 0 would let parts be of any size.
        Candidates = new Candidates(possible, policy, smallest is { } least ? [.. possible.Select(choice => Math.Max(1, exchange.Exactly(choice.Need, least).Value))] : null);
    }

    public Candidates Candidates { get; }

    public long Left => exchange.Left;

    /// <summary>What all that was given out weighs.</summary>
    public Int128 Weight { get; private set; }

    /// <param name="first">Gets its smallest part before all others, and more after them; null: none is preferred.</param>
    public void Run(PartRef? first = null)
    {
        var (preferred, turn) = (first is { } need ? Candidates.IndexOf(need) : -1, 0);
        if (preferred >= 0 && Candidates.At(preferred) is { Bar: Bar.None, Rank: not null } one) Give(one, turn++);
        for (int next; exchange.Left > 0 && (next = Candidates.First(except: preferred)) >= 0; turn++) Give(Candidates.At(next), turn);
        // What is left goes on where it was begun.
        for (; preferred >= 0 && exchange.Left > 0 && Candidates.At(preferred) is { Bar: Bar.None, IsDone: false, Rank: not null } again; turn++) Give(again, turn);
    }

    /// <summary>What no room was left for goes whole to the need that asked most, so that the excess is seen in one place.</summary>
    public void Overfill()
    {
        var largest = Candidates.All.Where(c => c.Bar is Bar.None or Bar.SmallestPart && (c.IsBegun || exchange.Left >= smallest))
            .OrderByDescending(c => c.Need.Required).ThenBy(c => c.Need.ProjectId, StringComparer.Ordinal)
            .ThenBy(c => c.Need.NeedId, StringComparer.Ordinal).FirstOrDefault();
        if (largest is null) return;
        var rest = exchange.All(largest.Need);
        exchange.Take(rest);
        largest.Take(rest, int.MaxValue - 1);
        (largest.Overfills, largest.Bar) = (true, Bar.None);
    }

    /// <summary>As much as it may take of what is left; nothing, for the reason that its <see cref="Candidate.Bar"/> then says, and it is done.</summary>
    private void Give(Candidate to, int turn)
    {
        var allowed = caps.LeftAt(to.Need);
        var part = to.IsBegun ? exchange.UpTo(to.Need, Math.Min(to.Tranche!.Value.To - to.Filled, allowed)) : exchange.Exactly(to.Need, smallest!.Value);
        // Too little to count a single unit at this need, all of it used up, or capped: another one may take it.
        if (part.Value == 0 || part.Value > allowed || !Fits(to, part))
        {
            to.Bar = allowed == 0 || (part.Value > allowed && Fits(to, part)) ? Bar.ShareCap : to.IsBegun ? Bar.None : Bar.SmallestPart;
            to.IsDone = true;
            return;
        }

        var rank = to.Rank!.Value;
        Weight += (Int128)rank.Weight * part.Minor / rank.Units;
        exchange.Take(part);
        caps.Take(to.Need, part.Value);
        to.Take(part, turn);
    }

    private bool Fits(Candidate to, Placed part) => part.Minor <= exchange.Left && part.Value <= to.Need.Required - to.Filled;
}
