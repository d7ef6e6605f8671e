using FundingFlow.Cities;
using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>Level 2 of the policy: how well a partner and a need suit each other, and why.</summary>
internal static class Fit
{
    public static int Of(DonorFacts donor, Position need, PlacingPolicy policy) => Links(donor, need, policy).Sum(link => link.Score);

    public static IEnumerable<(int Score, Reason Reason)> Links(DonorFacts donor, Position need, PlacingPolicy policy)
    {
        var home = donor.CityName ?? donor.City;
        if (donor.Twins.Contains(need.City))
            yield return (policy.FitTwinCity, new Reason("twin-city", $"{home} and the city of this need are twin cities."));
        if (donor.Situation == Situation.Peace && need.Situation == Situation.Conflict)
            yield return (policy.FitPeaceWithConflict, new Reason("peace-conflict", $"{home} lives in peace; the city of this need lives in conflict."));
        if (donor.City is not null && donor.City == need.City)
            yield return (policy.FitSameCity, new Reason("same-city", $"The need is in {home}."));
        else if (donor.Country is not null && donor.Country == need.Country)
            yield return (policy.FitSameCountry, new Reason("same-country", "The need is in your country."));
        if (donor.Interests.Contains(need.Area))
            yield return (policy.FitInterest, new Reason("interest", $"You named {Projects.Areas.NameOf(need.Area)} as an interest."));
        if (!need.Sectors.Contains(donor.Sector))
            yield return (policy.FitLackingSector, new Reason("lacking-sector", $"This need had no support yet from the {donor.Sector.ToString().ToLowerInvariant()} sector."));
    }
}
