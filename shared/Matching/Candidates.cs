using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>
/// The needs that a line could go to. Only one that gets something, or is tried, is made a <see cref="Candidate"/>: in an area of many needs those
/// are few.
/// </summary>
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
        var first = -1;
        var order = default(Rank);
        for (var i = 0; i < choices.Count; i++)
            if (i != except && RankOf(i) is { } rank && (first < 0 || rank.CompareTo(order) < 0)) (first, order) = (i, rank);
        return first;
    }

    /// <summary>-1: it is none of these.</summary>
    public int IndexOf(PartRef need) => choices.FindIndex(choice => choice.Need.Ref == need);

    /// <returns>Null: it is barred or full, or takes nothing more.</returns>
    private Rank? RankOf(int index)
    {
        if (made.Count > 0 && made.TryGetValue(index, out var candidate)) return candidate is { Bar: Bar.None, IsDone: false } ? candidate.Rank : null;
        var choice = choices[index];
        return choice is { Bar: Bar.None, Weight: > 0 } ? choice.RankFor(policy, ChunkOf(index)) : null;
    }

    public bool AnyBarredBy(Bar bar) => made.Values.Any(candidate => candidate.Bar == bar) || choices.Exists(choice => choice.Bar == bar);

    /// <summary>Of those that got nothing, the one that comes first by the tranche it stands in, whatever barred it; null: there is none.</summary>
    public Candidate? FirstOfOthers()
    {
        var first = -1;
        var order = default(Place);
        for (var i = 0; i < choices.Count; i++)
        {
            var choice = choices[i];
            if (choice.Weight == 0 || (made.TryGetValue(i, out var candidate) && candidate.Taken.Minor > 0)) continue;
            var place = new Place(choice.Weight, choice.Fit, choice.Need);
            if (first < 0 || place.CompareTo(order) < 0) (first, order) = (i, place);
        }

        return first < 0 ? null : At(first);
    }

    /// <summary>Whether the one comes first by the tranche that its first unit lands in, then by fit, then by name. Neither is full.</summary>
    public static bool IsBefore(Candidate one, Candidate other) => Place.Of(one).CompareTo(Place.Of(other)) < 0;

    private long ChunkOf(int index) => chunks?[index] ?? 0;

    private readonly record struct Place(int Weight, int Fit, Position Need) : IComparable<Place>
    {
        public static Place Of(Candidate candidate) => new(candidate.FirstTranche!.Value.Weight, candidate.Fit, candidate.Need);

        public int CompareTo(Place other)
        {
            var byWeight = other.Weight.CompareTo(Weight);
            if (byWeight != 0) return byWeight;
            var byFit = other.Fit.CompareTo(Fit);
            return byFit != 0 ? byFit : Rank.ByName(Need, other.Need);
        }
    }
}
