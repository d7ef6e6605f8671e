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

    public Filling(Line line, IReadOnlyList<Choice> choices, PlacingPolicy policy, ShareCaps caps)
    {
        exchange = new Exchange(line, line.Placeable);
        (this.caps, smallest) = (caps, line.SmallestPart);
        Candidates = [.. choices.Where(choice => exchange.Possible(choice.Need)).Select(choice
            => new Candidate(choice, policy, smallest is { } least ? exchange.Exactly(choice.Need, least).Value : 0))];
    }

    public IReadOnlyList<Candidate> Candidates { get; }

    public long Left => exchange.Left;

    /// <summary>What all that was given out weighs.</summary>
    public Int128 Weight { get; private set; }

    /// <param name="first">Gets its smallest part before all others, and more after them; null: none is preferred.</param>
    public void Run(PartRef? first = null)
    {
        var preferred = first is null ? null : Candidates.FirstOrDefault(c => c.Need.Ref == first && c.Bar == Bar.None && c.Tranche is not null);
        var turn = 0;
        if (preferred is not null) Give(preferred, turn++);
        Run(Candidates.Where(candidate => candidate != preferred), ref turn);
        if (preferred is not null) Run([preferred], ref turn);
    }

    /// <summary>What no room was left for goes whole to the need that asked most, so that the excess is seen in one place.</summary>
    public void Overfill()
    {
        var largest = Candidates.Where(c => c.Bar is Bar.None or Bar.SmallestPart && (c.IsBegun || exchange.Left >= smallest))
            .OrderByDescending(c => c.Need.Required).ThenBy(c => c.Need.ProjectId, StringComparer.Ordinal)
            .ThenBy(c => c.Need.NeedId, StringComparer.Ordinal).FirstOrDefault();
        if (largest is null) return;
        var rest = exchange.All(largest.Need);
        exchange.Take(rest);
        largest.Take(rest, Candidates.Count);
        (largest.Overfills, largest.Bar) = (true, Bar.None);
    }

    private void Run(IEnumerable<Candidate> among, ref int turn)
    {
        var queue = new PriorityQueue<Candidate, Candidate>(among.Where(c => c.Bar == Bar.None && c.Tranche is not null).Select(c => (c, c)));
        for (; exchange.Left > 0 && queue.TryDequeue(out var best, out _); turn++)
            if (Give(best, turn) && best.Tranche is not null) queue.Enqueue(best, best);
    }

    /// <returns>Whether it took something; else it takes nothing any more, for the reason that its <see cref="Candidate.Bar"/> then says.</returns>
    private bool Give(Candidate to, int turn)
    {
        var allowed = caps.LeftAt(to.Need);
        var part = to.IsBegun ? exchange.UpTo(to.Need, Math.Min(to.Tranche!.To - to.Filled, allowed)) : exchange.Exactly(to.Need, smallest!.Value);
        // Too little to count a single unit at this need, all of it used up, or capped: another one may take it.
        if (part.Value == 0 || part.Value > allowed || !Fits(to, part))
        {
            to.Bar = allowed == 0 || (part.Value > allowed && Fits(to, part)) ? Bar.ShareCap : to.IsBegun ? Bar.None : Bar.SmallestPart;
            return false;
        }

        var (weight, units) = to.NextWeight;
        Weight += weight * part.Minor / units;
        exchange.Take(part);
        caps.Take(to.Need, part.Value);
        to.Take(part, turn);
        return true;
    }

    private bool Fits(Candidate to, Placed part) => part.Minor <= exchange.Left && part.Value <= to.Need.Required - to.Filled;
}
