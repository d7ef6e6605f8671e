using System.Runtime.InteropServices;
using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>
/// The needs that a line could go to. Only one that gets something, or is tried, is made a <see cref="Candidate"/>: in an area of many needs those
/// are few.
/// </summary>
/// <param name="choices">Those of one area one after the other, in the order of their names: of equals the first is taken, and the needs themselves are not looked at.</param>
/// <param name="chunks">What a new part is worth at least at each of them, in the need's smallest units; null where parts may be of any size.</param>
internal sealed class Candidates(List<Choice> choices, PlacingPolicy policy, IReadOnlyList<long>? chunks)
{
    private readonly Dictionary<int, Candidate> made = [];

    public int Count => choices.Count;

    public IEnumerable<Candidate> Made => made.Values;

    public IEnumerable<Candidate> All => Enumerable.Range(0, choices.Count).Select(At);

    public Candidate At(int index)
    {
        if (!made.TryGetValue(index, out var candidate)) made[index] = candidate = new Candidate(choices[index], policy, ChunkOf(index));
        return candidate;
    }

    /// <summary>The index of the one that gets the next unit; -1: nobody takes any more.</summary>
    /// <param name="except">An index that is passed over; -1: none is.</param>
    public int First(int except)
    {
        var first = chunks is null ? FirstOf(barred: false, i => i != except && !made.ContainsKey(i)) : FirstByChunk(except);
        var order = first < 0 ? default : choices[first].RankFor(policy, ChunkOf(first));
        foreach (var (i, candidate) in made)
            if (i != except && candidate is { Bar: Bar.None, IsDone: false, Rank: { } rank } && (first < 0 || rank.CompareTo(order) < 0)) (first, order) = (i, rank);
        return first;
    }

    /// <summary>-1: it is none of these.</summary>
    public int IndexOf(PartRef need) => choices.FindIndex(choice => choice.Need.Ref == need);

    public bool AnyBarredBy(Bar bar) => made.Values.Any(candidate => candidate.Bar == bar) || choices.Exists(choice => choice.Bar == bar);

    /// <summary>Of those that got nothing, the one that comes first by the tranche it stands in, whatever barred it; null: there is none.</summary>
    public Candidate? FirstOfOthers()
        => FirstOf(barred: true, i => !made.TryGetValue(i, out var candidate) || candidate.Taken.Minor == 0) is >= 0 and var first ? At(first) : null;

    /// <summary>Whether the one comes first by the tranche that its first unit lands in, then by fit, as begun, then by name. Neither is full.</summary>
    public static bool IsBefore(Candidate one, Candidate other)
        => one.Order > other.Order || (one.Order == other.Order && Rank.ByName(one.Need, other.Need) < 0);

    /// <summary>The first by <see cref="Choice.Order"/> and name of those that are not full; -1: there is none.</summary>
    /// <param name="barred">Those that something bars, too.</param>
    /// <param name="counts">Asked only of one that would be the first.</param>
    private int FirstOf(bool barred, Func<int, bool> counts)
    {
        // Of a table one of whose needs came after the first by its name, its equals do, too.
        var (first, passed, order) = (-1, -1, 0L);
        var all = CollectionsMarshal.AsSpan(choices);
        for (var i = 0; i < all.Length; i++)
        {
            ref readonly var choice = ref all[i];
            if (choice.Order < order || choice.Weight == 0 || (choice.Bar != Bar.None && !barred)) continue;
            if (first >= 0 && choice.Order == order)
            {
                if (choice.Table == all[first].Table || choice.Table == passed) continue;
                if (Rank.ByName(choice.Need, all[first].Need) > 0)
                {
                    passed = choice.Table;
                    continue;
                }
            }

            if (counts(i)) (first, passed, order) = (i, -1, choice.Order);
        }

        return first;
    }

    /// <summary>As <see cref="FirstOf"/> of those that are not made yet and nothing bars, by what a new part of the smallest size would weigh.</summary>
    private int FirstByChunk(int except)
    {
        var (first, order) = (-1, default(Rank));
        for (var i = 0; i < choices.Count; i++)
            if (i != except && choices[i] is { Bar: Bar.None, Weight: > 0 } choice && choice.RankFor(policy, ChunkOf(i)) is var rank
                && (first < 0 || rank.CompareTo(order) < 0) && !made.ContainsKey(i)) (first, order) = (i, rank);
        return first;
    }

    private long ChunkOf(int index) => chunks?[index] ?? 0;
}
