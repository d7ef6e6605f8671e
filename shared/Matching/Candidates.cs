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
        var (first, passed, order) = (-1, -1, default(Rank));
        var all = CollectionsMarshal.AsSpan(choices);
        for (var i = 0; i < all.Length; i++)
        {
            ref readonly var choice = ref all[i];
            if (choice.Bar != Bar.None || choice.Weight == 0 || i == except) continue;
            var rank = choice.RankFor(policy, ChunkOf(i));
            if (first >= 0 && !Precedes(rank.CompareButName(order), choice, all[first], ref passed)) continue;
            if (made.ContainsKey(i)) continue;
            (first, passed, order) = (i, -1, rank);
        }

        foreach (var (i, candidate) in made)
            if (i != except && candidate is { Bar: Bar.None, IsDone: false, Rank: { } rank } && (first < 0 || rank.CompareTo(order) < 0)) (first, order) = (i, rank);
        return first;
    }

    /// <summary>-1: it is none of these.</summary>
    public int IndexOf(PartRef need) => choices.FindIndex(choice => choice.Need.Ref == need);

    public bool AnyBarredBy(Bar bar) => made.Values.Any(candidate => candidate.Bar == bar) || choices.Exists(choice => choice.Bar == bar);

    /// <summary>Of those that got nothing, the one that comes first by the tranche it stands in, whatever barred it; null: there is none.</summary>
    public Candidate? FirstOfOthers()
    {
        var (first, passed, order) = (-1, -1, default(Place));
        var all = CollectionsMarshal.AsSpan(choices);
        for (var i = 0; i < all.Length; i++)
        {
            ref readonly var choice = ref all[i];
            if (choice.Weight == 0) continue;
            var place = new Place(choice.Weight, choice.Fit, choice.IsEmpty, choice.Need);
            if (first >= 0 && !Precedes(place.CompareButName(order), choice, all[first], ref passed)) continue;
            if (made.TryGetValue(i, out var candidate) && candidate.Taken.Minor > 0) continue;
            (first, passed, order) = (i, -1, place);
        }

        return first < 0 ? null : At(first);
    }

    /// <summary>Whether the one comes first by the tranche that its first unit lands in, then by fit, as begun, then by name. Neither is full.</summary>
    public static bool IsBefore(Candidate one, Candidate other) => Place.Of(one).CompareTo(Place.Of(other)) < 0;

    /// <summary>Whether a choice comes before one that was found earlier, by how they compare but for their names.</summary>
    /// <param name="passed">The table of which one has come after that earlier one by its name: its equals do, too.</param>
    private static bool Precedes(int order, in Choice choice, in Choice earlier, ref int passed)
    {
        if (order != 0 || choice.Table == earlier.Table || choice.Table == passed) return order < 0;
        if (Rank.ByName(choice.Need, earlier.Need) < 0) return true;
        passed = choice.Table;
        return false;
    }

    private long ChunkOf(int index) => chunks?[index] ?? 0;

    private readonly record struct Place(int Weight, int Fit, bool IsEmpty, Position Need) : IComparable<Place>
    {
        public static Place Of(Candidate candidate) => new(candidate.FirstTranche!.Value.Weight, candidate.Fit, Choice.FilledOf(candidate.Need) == 0, candidate.Need);

        public int CompareTo(Place other) => CompareButName(other) is var order and not 0 ? order : Rank.ByName(Need, other.Need);

        public int CompareButName(Place other)
        {
            var byWeight = other.Weight.CompareTo(Weight);
            if (byWeight != 0) return byWeight;
            var byFit = other.Fit.CompareTo(Fit);
            return byFit != 0 ? byFit : IsEmpty.CompareTo(other.IsEmpty);
        }
    }
}
