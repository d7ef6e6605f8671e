using System.Text.Json.Serialization;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Projects;

/// <summary>One thing that makes a project concrete, and whether it holds.</summary>
public sealed record Fact(string Code, bool Holds, string Text);

/// <param name="Score">The share of the facts that hold, from 0.00 to 1.00.</param>
public sealed record Concreteness(string Score, IReadOnlyList<Fact> Facts);

/// <summary>People: hours over all skills, and how many partners are behind the project.</summary>
public sealed record Mobilisation(string HoursPledged, string HoursCommitted, string HoursGiven, int Partners);

/// <param name="North">Partners from countries that are not on the OECD DAC list of recipients.</param>
/// <param name="Sectors">Which of the three are there.</param>
public sealed record Universality(int North, int South, bool BothHemispheres, IReadOnlyList<Sector> Sectors, bool AllSectors);

/// <param name="RunwayDays">Days from today to secured until; negative when that day is past.</param>
public sealed record SustainabilityCriterion(
    DateOnly? SecuredUntil, int? RunwayDays, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage);

/// <summary>The four criteria, computed from what the books know, never typed in.</summary>
public sealed record Criteria(Concreteness Concreteness, Mobilisation Mobilisation, Universality Universality, SustainabilityCriterion Sustainability)
{
    /// <param name="partners">Those of the allocations, by id.</param>
    /// <param name="coverage">Of the project's money.</param>
    public static Criteria Of(
        Project project, IReadOnlyList<Allocation> allocations, IReadOnlyDictionary<string, Partner> partners,
        string? coverage, DateOnly? securedUntil, DateOnly today)
        => new(
            ConcretenessOf(project, allocations, partners),
            MobilisationOf(allocations),
            UniversalityOf([.. partners.Values]),
            new SustainabilityCriterion(securedUntil, securedUntil?.DayNumber - today.DayNumber, coverage));

    private static Concreteness ConcretenessOf(Project project, IReadOnlyList<Allocation> allocations, IReadOnlyDictionary<string, Partner> partners)
    {
        var cities = project.Needs.Select(need => need.City).Append(project.City).ToHashSet(StringComparer.Ordinal);
        var local = allocations.Any(allocation => allocation.Committed.Minor + allocation.Received.Minor > 0
            && partners.TryGetValue(allocation.PartnerId, out var partner)
            && ((partner.City is { } city && cities.Contains(city)) || partner.Country == project.Country));
        Fact[] facts =
        [
            new("requestedBy", project.RequestedBy is not null, "Someone in the city asked for it"),
            new("implementers", project.Implementers.Count > 0, "It is known who carries it out"),
            new("localCofunding", local, "A partner of the city or its country has committed to it"),
            new("receiptsAcknowledged", allocations.Any(allocation => allocation.AcknowledgedAt is not null), "The city has acknowledged what came"),
        ];
        return new Concreteness(Decimals.Write(facts.Count(fact => fact.Holds) * 100 / facts.Length, 2), facts);
    }

    private static Mobilisation MobilisationOf(IReadOnlyList<Allocation> allocations)
    {
        var hours = allocations.Where(allocation => allocation.NeedUnit.Kind == ResourceKind.Time).ToList();
        string Sum(Func<Allocation, Placed> part) => Decimals.Write(hours.Sum(allocation => part(allocation).Value), Unit.HourExponent);
        return new Mobilisation(Sum(allocation => allocation.Proposed), Sum(allocation => allocation.Committed), Sum(allocation => allocation.Received),
            allocations.Select(allocation => allocation.PartnerId).Distinct(StringComparer.Ordinal).Count());
    }

    private static Universality UniversalityOf(IReadOnlyList<Partner> partners)
    {
        var countries = partners.Select(partner => partner.Country is { } code ? Countries.Find(code) : null).OfType<Country>().ToList();
        var south = countries.Count(country => country.IsRecipient);
        var north = countries.Count - south;
        Sector[] sectors = [.. partners.Select(partner => partner.Sector).Distinct().Order()];
        return new Universality(north, south, north > 0 && south > 0, sectors, sectors.Length == Enum.GetValues<Sector>().Length);
    }
}
