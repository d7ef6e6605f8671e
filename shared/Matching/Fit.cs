using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Matching;

/// <summary>Level 2 of the policy: how well a partner and a need suit each other, and why.</summary>
internal static class Fit
{
    /// <param name="lacks">The project has no support yet, at any of its needs in the area, from the donor's sector.</param>
    public static int Of(DonorFacts donor, Position need, PlacingPolicy policy, bool lacks)
    {
        // Asked of every need that a line could go to: without the words, which are for the few that are chosen.
        var terms = policy.In(need.Area);
        return (AreTwins(donor, need) ? terms.FitTwinCity : 0)
            + (IsPeaceWithConflict(donor, need) ? terms.FitPeaceWithConflict : 0)
            + (IsSameCity(donor, need) ? terms.FitSameCity : IsSameCountry(donor, need) ? terms.FitSameCountry : 0)
            + (IsInterest(donor, need) ? terms.FitInterest : 0)
            + (lacks ? terms.FitLackingSector : 0);
    }

    /// <summary>Why it is as <see cref="Of"/> says.</summary>
    public static IEnumerable<Reason> Reasons(DonorFacts donor, Position need, bool lacks)
    {
        var home = donor.CityName ?? donor.City ?? "";
        if (AreTwins(donor, need)) yield return Told(ReasonCode.TwinCity, $"{home} and the city of this need are twin cities.", ("home", home));
        if (IsPeaceWithConflict(donor, need)) yield return Told(ReasonCode.PeaceConflict, $"{home} lives in peace; the city of this need lives in conflict.", ("home", home));
        if (IsSameCity(donor, need)) yield return Told(ReasonCode.SameCity, $"The need is in {home}.", ("home", home));
        else if (IsSameCountry(donor, need)) yield return new Reason(ReasonCode.SameCountry, "The need is in your country.");
        if (IsInterest(donor, need)) yield return Told(ReasonCode.Interest, $"You named {Areas.NameOf(need.Area)} as an interest.", ("area", need.Area));
        if (!lacks) yield break;
        var sector = donor.Sector.ToString().ToLowerInvariant();
        yield return Told(ReasonCode.LackingSector, $"The project had no support yet in {Areas.NameOf(need.Area)} from the {sector} sector.", ("area", need.Area), ("sector", sector));
    }

    private static Reason Told(string code, string text, params ReadOnlySpan<(string Name, string Value)> data)
    {
        var all = new Dictionary<string, string>();
        foreach (var (name, value) in data) all[name] = value;
        return new Reason(code, text) { Data = all };
    }

    private static bool AreTwins(DonorFacts donor, Position need) => donor.Twins.Count > 0 && donor.Twins.Contains(need.City);

    private static bool IsPeaceWithConflict(DonorFacts donor, Position need) => donor.Situation == Situation.Peace && need.Situation == Situation.Conflict;

    private static bool IsSameCity(DonorFacts donor, Position need) => donor.City is not null && donor.City == need.City;

    private static bool IsSameCountry(DonorFacts donor, Position need) => donor.Country is not null && donor.Country == need.Country;

    private static bool IsInterest(DonorFacts donor, Position need) => donor.Interests.Count > 0 && donor.Interests.Contains(need.Area);
}
