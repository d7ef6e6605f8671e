using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Projects;

namespace FundingFlow.Tests.Unit.Projects;

using Unit = FundingFlow.Money.Unit;

public sealed class CriteriaTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));
    private static readonly Project Farm = new("farm", "Farm", "kigali", "RW", "socio-economic", "EUR", null, null, "City of Kigali", [],
        [new Need("money", Euro, 100_000, null, "socio-economic", "kigali")], []);

    [Fact]
    public void A_project_without_pledges_has_only_what_it_states()
    {
        var criteria = Criteria.Of(Farm, [], new Dictionary<string, Partner>(), null, null, Today);
        Assert.Equal("0.25", criteria.Concreteness.Score);
        Assert.Equal(new Mobilisation("0.00", "0.00", "0.00", 0), criteria.Mobilisation);
        Assert.Equal((0, 0, false, false), (criteria.Universality.North, criteria.Universality.South, criteria.Universality.BothHemispheres, criteria.Universality.AllSectors));
        Assert.Null(criteria.Sustainability.RunwayDays);
    }

    [Fact]
    public void What_partners_of_north_and_south_do_shows_in_each_criterion()
    {
        var partners = new Dictionary<string, Partner>
        {
            ["rome"] = new("rome", "Rome", Sector.Public, "rome", "IT", []),
            ["coop"] = new("coop", "Co-operative", Sector.Nonprofit, null, "RW", []),
            ["acme"] = new("acme", "Acme", Sector.Private, null, null, []),
        };
        Allocation[] allocations =
        [
            Part("rome", Euro, proposed: 500),
            Part("coop", Euro, committed: 100),
            Part("acme", Unit.Hours("agronomy"), proposed: 100, received: 250) with { AcknowledgedAt = DateTimeOffset.UnixEpoch },
        ];
        var criteria = Criteria.Of(Farm, allocations, partners, "0.0010", new DateOnly(2026, 12, 4), Today);
        Assert.Equal("0.75", criteria.Concreteness.Score);
        Assert.True(criteria.Concreteness.Facts.Single(fact => fact.Code == "localCofunding").Holds);
        Assert.Equal(new Mobilisation("1.00", "0.00", "2.50", 3), criteria.Mobilisation);
        Assert.Equal((1, 1, true, true), (criteria.Universality.North, criteria.Universality.South, criteria.Universality.BothHemispheres, criteria.Universality.AllSectors));
        Assert.Equal((10, "0.0010"), (criteria.Sustainability.RunwayDays, criteria.Sustainability.Coverage));
    }

    [Fact]
    public void A_proposal_of_a_local_partner_is_not_yet_cofunding()
    {
        var partners = new Dictionary<string, Partner> { ["coop"] = new("coop", "Co-operative", Sector.Nonprofit, "kigali", "RW", []) };
        var criteria = Criteria.Of(Farm, [Part("coop", Euro, proposed: 100)], partners, null, null, Today);
        Assert.False(criteria.Concreteness.Facts.Single(fact => fact.Code == "localCofunding").Holds);
    }

    private static Allocation Part(string partner, Unit unit, long proposed = 0, long committed = 0, long received = 0)
        => new("socio-economic", partner + ".x", partner, "farm", "money", unit, unit,
            new Placed(proposed, proposed), new Placed(committed, committed), new Placed(received, received), [], DateTimeOffset.UnixEpoch);
}
