using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>Who gets the next unit of a line: the least comes first.</summary>
/// <param name="Weight">What the units that come next weigh together, and <paramref name="Units"/> how many they are: one of a tranche, or a smallest part over several.</param>
/// <param name="IsEmpty">Nothing lies there yet.</param>
internal readonly record struct Rank(long Weight, long Units, int Fit, bool IsEmpty, Position Need) : IComparable<Rank>
{
    public int CompareTo(Rank other)
    {
        var byWeight = Units == other.Units ? other.Weight.CompareTo(Weight) : ((Int128)other.Weight * Units).CompareTo((Int128)Weight * other.Units);
        if (byWeight != 0) return byWeight;
        var byFit = other.Fit.CompareTo(Fit);
        if (byFit != 0) return byFit;
        var byBegun = IsEmpty.CompareTo(other.IsEmpty);
        return byBegun != 0 ? byBegun : ByName(Need, other.Need);
    }

    /// <summary>Where nothing else decides.</summary>
    public static int ByName(Position one, Position other)
    {
        var byProject = string.CompareOrdinal(one.ProjectId, other.ProjectId);
        return byProject != 0 ? byProject : string.CompareOrdinal(one.NeedId, other.NeedId);
    }
}
