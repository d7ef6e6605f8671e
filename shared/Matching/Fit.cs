using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Matching;

/// <summary>Level 2 of the policy: how well a partner and a need suit each other, and why.</summary>
internal static class Fit
{
    /// <param name="sectors">Of all needs of the area: what a project lacks is seen over all of them.</param>
    public static int Of(DonorFacts donor, Position need, PlacingPolicy policy, ProjectSectors sectors)
        => Links(donor, need, policy, sectors).Sum(link => link.Score);

    public static IEnumerable<(int Score, Reason Reason)> Links(DonorFacts donor, Position need, PlacingPolicy policy, ProjectSectors sectors)
    {
        var terms = policy.In(need.Area);
        var home = donor.CityName ?? donor.City;
        if (donor.Twins.Contains(need.City))
            yield return (terms.FitTwinCity, new Reason("twin-city", $"{home} and the city of this need are twin cities."));
        if (donor.Situation == Situation.Peace && need.Situation == Situation.Conflict)
            yield return (terms.FitPeaceWithConflict, new Reason("peace-conflict", $"{home} lives in peace; the city of this need lives in conflict."));
        if (donor.City is not null && donor.City == need.City)
            yield return (terms.FitSameCity, new Reason("same-city", $"The need is in {home}."));
        else if (donor.Country is not null && donor.Country == need.Country)
            yield return (terms.FitSameCountry, new Reason("same-country", "The need is in your country."));
        if (donor.Interests.Contains(need.Area))
            yield return (terms.FitInterest, new Reason("interest", $"You named {Areas.NameOf(need.Area)} as an interest."));
        if (sectors.Lacks(need, donor.Sector))
            yield return (terms.FitLackingSector, new Reason("lacking-sector",
                $"The project had no support yet in {Areas.NameOf(need.Area)} from the {donor.Sector.ToString().ToLowerInvariant()} sector."));
    }
}
