namespace FundingFlow.Pledges;

/// <summary>A change of a pledge that was accepted; noted on the pledge before its lines are touched, and brought into them in the order of the versions.</summary>
/// <param name="Id">Of the command, which names it in the journal.</param>
/// <param name="Version">The pledge's from then on.</param>
/// <param name="Delta">What the pledge grows by, in its smallest units; below 0: shrinks.</param>
public sealed record Amendment(string Id, int Version, long Delta, string By)
{
    /// <summary>For one that grows: which area's line takes how much. Decided once.</summary>
    public IReadOnlyList<LineSplit> Raises { get; init; } = [];

    /// <summary>For one that shrinks: what each area's line is to give up, round by round; a round is decided once.</summary>
    public IReadOnlyList<IReadOnlyList<LineSplit>> Cuts { get; init; } = [];

    /// <summary>What could not be taken: it was confirmed while this was under way, and stays pledged.</summary>
    public long Short { get; init; }

    /// <summary>All lines have it.</summary>
    public bool Done { get; init; }
}
