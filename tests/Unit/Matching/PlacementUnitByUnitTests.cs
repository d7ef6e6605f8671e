using CsCheck;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Matching;

using Unit = FundingFlow.Money.Unit;

/// <summary>Placing against the policy said over again: unit by unit, each need looked at whole each time.</summary>
public class PlacementUnitByUnitTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));
    private static readonly ExchangeRate Same = new("EUR", "EUR", 1m, Today, "same");
    private static readonly Unit Laptops = Unit.Goods("laptop", "piece", 0);
    private static readonly Unit Hours = Unit.Hours("coaching");
    private static readonly PlacingPolicy Policy = new();

    private static readonly Gen<Position> AnyNeed = Gen.Select(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Generate.OneOf(Areas.Youth, Areas.Sport, Areas.Culture, Areas.Ict), Generate.OneOf("kigali", "lima", "rome")),
        Gen.Select(Gen.Long[0, 40], Gen.Long[0, 100], Gen.Long[0, 30], Generate.OneOf(1, 1, 2, 4)),
        Gen.Select(Gen.Int[-1, 2], Generate.OneOf(Situation.Peace, Situation.Conflict), Gen.Enum<Sector>().Array[0, 2], Gen.Int[0, 9])).Select((name, size, state) =>
            new Position(name.Item3, $"p{name.Item1}", $"n{name.Item2}-{name.Item3}", Euro, size.Item1, size.Item1 * size.Item2 / 100, Math.Min(size.Item3, size.Item1), 0, 0,
                name.Item4, name.Item4 == "rome" ? "IT" : "RW", state.Item2, null, state.Item1 == 2 ? null : Today.AddDays(state.Item1), size.Item4, [.. state.Item3.Distinct()], Same)
            { Gone = state.Item4 == 0, Closed = state.Item4 == 1 });

    private static readonly Gen<Line> AnyLine = Gen.Select(
        Gen.Select(Gen.Long[1, 80], Gen.Enum<Sector>(), Generate.OneOf("rome", "kigali", "oslo"), Gen.Bool),
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 5], Gen.Int[0, 2])).Select((who, how) =>
        {
            var donor = new DonorFacts("d", "D", who.Item2, who.Item3, who.Item3, who.Item3 == "rome" ? "IT" : "NO", Situation.Peace, who.Item4 ? ["lima"] : [], who.Item4 ? [Areas.Sport] : [])
            {
                Exclusions = how.Item1 switch { 0 => new Exclusions([], ["p1"], [], []), 1 => new Exclusions([], [], ["lima"], []), 2 => new Exclusions([Areas.Sport], [], [], []), _ => null },
            };
            var earmark = how.Item1 switch { 3 => new Earmark(["p2", "p3"], [], []), 4 => new Earmark([], ["kigali"], []), 5 => new Earmark([], [], ["IT"]), _ => Earmark.None };
            return new Line(Areas.Youth, "d.aaaaaaaaaaaaaaaa", Euro, who.Item1, who.Item1, 0, 0, 0, [], 1, 0, null, donor, earmark, null, Same, default)
            {
                Declined = how.Item1 == 6 ? [new PartRef($"p{how.Item2}", $"n{how.Item3}-{Areas.Youth}")] : [],
            };
        });

    [Fact]
    public void Each_unit_goes_where_it_weighs_most_then_fits_best_then_was_begun_then_comes_first_by_name()
        => Gen.Select(AnyLine, AnyNeed.Array[0, 14]).Sample((line, drawn) =>
        {
            List<Position> needs = [.. drawn.DistinctBy(need => (need.Area, need.Ref))];
            var plan = Placement.Of(line, needs, Policy, Today, overfill: false);
            var (parts, left) = UnitByUnit(line, needs);
            Assert.Equal(parts, plan.Parts.ToDictionary(part => (part.Need.Area, part.Need.Ref), part => part.Amount.Minor));
            Assert.Equal(left, plan.Left);
        }, iter: 10_000);

    private static readonly Gen<Position> AnyOtherNeed = Gen.Select(AnyNeed, Generate.OneOf(Euro, Laptops, Hours), Gen.Long[0, 9], Gen.Int[-2, 2], Gen.Long[0, 9]).Select((need, unit, kept, day, conditional) =>
        need with
        {
            Unit = unit,
            Rate = unit.IsMoney ? Same : null,
            StartsOn = Today.AddDays(day),
            Conditional = Math.Min(conditional, need.Required - need.Proposed),
            Reservations = kept < 4 ? null : [new Reservation("r", kept - 3, default), new Reservation("s", 1, default)],
        });

    private static readonly Gen<Line> AnyOtherLine = Gen.Select(AnyLine, Generate.OneOf(Euro, Laptops, Hours), Gen.Int[-2, 4], Gen.Int[-2, 4], Gen.Long[0, 20]).Select((line, unit, from, to, parked) =>
        line with
        {
            Unit = unit,
            Rate = unit.IsMoney ? Same : null,
            TimeFrom = from > 2 ? null : Today.AddDays(from),
            TimeTo = to > 2 ? null : Today.AddDays(to),
            Parked = parked > 9 ? null : [new Parking("r", parked, default)],
        });

    private static readonly Gen<PlacingPolicy> AnyPolicy = Gen.Select(Gen.Int[0, 120], Gen.Int[0, 150], Gen.Int[1, 100]).Select((percent, inSport, essential) =>
    {
        var policy = new PlacingPolicy { SharePercent = percent is 0 or > 100 ? null : percent };
        if (inSport <= 100) policy.Override(Areas.Sport, new PlacingTerms { SharePercent = inSport == 0 ? null : inSport, EssentialPercent = essential });
        return policy;
    });

    [Fact]
    public void Each_unit_of_any_kind_does_so_as_far_as_the_partners_share_and_the_room_that_is_kept_let_it()
        => Gen.Select(AnyOtherLine, AnyOtherNeed.Array[0, 14], AnyPolicy, Gen.Long[0, 12]).Sample((line, drawn, policy, held) =>
        {
            List<Position> needs = [.. drawn.DistinctBy(need => (need.Area, need.Ref))];
            var (holdings, before) = Holding(needs, held);
            var plan = Placement.Of(line, needs, policy, Today, overfill: false, holdings);
            var (parts, left) = UnitByUnit(line, needs, policy, before);
            Assert.Equal(parts, plan.Parts.ToDictionary(part => (part.Need.Area, part.Need.Ref), part => part.Amount.Minor));
            Assert.Equal(left, plan.Left);
        }, iter: 10_000);

    /// <summary>With a smallest part a plan is no longer the one that goes unit by unit; what it must not do is the same.</summary>
    [Fact]
    public void No_part_begins_below_the_smallest_and_nothing_is_left_that_could_be_one()
        => Gen.Select(AnyOtherLine, AnyOtherNeed.Array[0, 14], AnyPolicy, Gen.Long[0, 12], Gen.Long[1, 30]).Sample((line, drawn, policy, held, smallest) =>
        {
            List<Position> needs = [.. drawn.DistinctBy(need => (need.Area, need.Ref))];
            line = line with { SmallestPart = smallest, Parts = [.. needs.Where(need => need is { Area: Areas.Youth, NeedId: "n0-youth" }).Select(need => need.Ref)] };
            var (holdings, before) = Holding(needs, held);
            var plan = Placement.Of(line, needs, policy, Today, overfill: false, holdings);
            var given = plan.Parts.ToDictionary(part => (part.Need.Area, part.Need.Ref), part => part.Amount.Minor);
            Assert.Equal(line.Placeable, plan.Left + given.Values.Sum());
            foreach (var need in needs)
            {
                var (amount, mayBeSmall) = (given.GetValueOrDefault((need.Area, need.Ref)), need.Area == line.Area && line.Parts.Contains(need.Ref));
                if (amount == 0 && (!Eligibility.Allows(line, need, Today) || (plan.Left < smallest && !mayBeSmall))) continue;
                var free = Math.Min(need.Required - need.Filled - need.Reserved - amount, CapLeft(line, need, needs, policy, before, given));
                Assert.True(amount == 0 || (Eligibility.Allows(line, need, Today) && free >= 0 && (mayBeSmall || amount >= smallest)), $"{need.Ref} gets {amount}; {free} is left there.");
                Assert.True(plan.Left == 0 || free < (mayBeSmall || amount > 0 ? 1 : smallest), $"{need.Ref} has {amount} and could take {free} of {plan.Left}.");
            }
        }, iter: 10_000);

    /// <summary>Needs are stated again, filled, supported by new sectors and closed between pledges: what a worker remembers of them is what they are.</summary>
    [Fact]
    public Task A_worker_that_has_seen_everything_places_as_one_that_reads_it_now()
        => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Long[0, 60], Gen.Enum<Sector>(), Gen.Bool).Array[1, 30].SampleAsync(async steps =>
        {
            var forum = new TestForum();
            foreach (var sector in Enum.GetValues<Sector>()) forum.Partner(sector.ToString().ToLowerInvariant(), sector, sector == Sector.Private ? "kigali" : null);
            var (stated, number) = (new Dictionary<int, SortedDictionary<int, Need>>(), 0);
            foreach (var (project, need, minor, sector, states) in steps)
            {
                number++;
                if (states)
                {
                    if (!stated.TryGetValue(project, out var needs)) stated[project] = needs = [];
                    needs[need] = TestForum.Money($"n{need}", minor, minimum: minor / 3);
                    await forum.ProjectAsync($"p{project}", [.. needs.Values]);
                    continue;
                }

                var id = await forum.SubmitAsync(TestForum.Pledge(sector.ToString().ToLowerInvariant(), minor + 1, "EUR", Areas.Youth), $"key-{number}");
                var before = await forum.Reader.PositionsAsync(Areas.Youth, TestForum.Stop);
                await forum.SettleAsync();
                var line = (await forum.Reader.LineAsync(Areas.Youth, id, TestForum.Stop))!;
                var (parts, left) = UnitByUnit(line with { Unallocated = line.Amount, Parts = [] }, before);
                var placed = (await forum.BalanceAsync(id)).Allocations.ToDictionary(part => (part.Area, new PartRef(part.ProjectId, part.NeedId)), part => part.Total.Minor);
                Assert.Equal(parts, placed);
                Assert.Equal(left, line.Unallocated);
            }
        }, iter: 60);

    /// <summary>At every project that it has a need of the partner holds that much, in that need's unit.</summary>
    private static (Holdings Read, Dictionary<(string Area, string ProjectId, Unit Unit), long> Known) Holding(List<Position> needs, long held)
    {
        var (read, known) = (new Holdings(), new Dictionary<(string Area, string ProjectId, Unit Unit), long>());
        foreach (var project in needs.GroupBy(need => (need.Area, need.ProjectId)))
        {
            read.Add(project.Key.Area, project.Key.ProjectId, [.. project.Select(need => new Allocation(need.Area, "d.b", "d", need.ProjectId, need.NeedId, need.Unit, need.Unit, new Placed(held, held), default, default, [], default))]);
            foreach (var need in project) known[(need.Area, need.ProjectId, need.Unit)] = known.GetValueOrDefault((need.Area, need.ProjectId, need.Unit)) + held;
        }

        return (read, known);
    }

    private static long CapLeft(
        Line line, Position need, IReadOnlyCollection<Position> needs, PlacingPolicy policy, Dictionary<(string Area, string ProjectId, Unit Unit), long> held, Dictionary<(string Area, PartRef Need), long> given)
    {
        if (line.Earmark.IsTight || policy.In(need.Area).SharePercent is not { } percent) return long.MaxValue;
        var own = needs.Where(other => other.Area == need.Area && other.ProjectId == need.ProjectId && other.Unit == need.Unit).ToList();
        return Math.Max(0, (own.Where(other => !other.Gone).Sum(other => other.Required) * percent / 100) - held.GetValueOrDefault((need.Area, need.ProjectId, need.Unit)))
            - own.Sum(other => given.GetValueOrDefault((other.Area, other.Ref)));
    }

    private static (Dictionary<(string Area, PartRef Need), long> Parts, long Left) UnitByUnit(Line line, IReadOnlyCollection<Position> needs) => UnitByUnit(line, needs, Policy, []);

    private static (Dictionary<(string Area, PartRef Need), long> Parts, long Left) UnitByUnit(
        Line line, IReadOnlyCollection<Position> needs, PlacingPolicy policy, Dictionary<(string Area, string ProjectId, Unit Unit), long> held)
    {
        var (parts, left) = (new Dictionary<(string Area, PartRef Need), long>(), line.Placeable);
        for (; left > 0; left--)
        {
            var next = needs.Where(need => Eligibility.Allows(line, need, Today) && Filled(need) < need.Required && CapLeft(line, need, needs, policy, held, parts) > 0)
                .OrderByDescending(need => policy.Next(need, Filled(need))!.Value.Weight).ThenByDescending(FitOf).ThenByDescending(need => Filled(need) > 0)
                .ThenBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal).FirstOrDefault();
            if (next is null) break;
            parts[(next.Area, next.Ref)] = parts.GetValueOrDefault((next.Area, next.Ref)) + 1;
        }

        return (parts, left);

        long Filled(Position need) => need.Filled + need.Reserved + parts.GetValueOrDefault((need.Area, need.Ref));

        int FitOf(Position need)
        {
            var (donor, fit) = (line.Donor, 0);
            if (donor.Twins.Contains(need.City)) fit += 16;
            if (donor.Situation == Situation.Peace && need.Situation == Situation.Conflict) fit += 8;
            if (donor.City == need.City) fit += 4;
            else if (donor.Country == need.Country) fit += 3;
            if (donor.Interests.Contains(need.Area)) fit += 2;
            if (!needs.Any(other => other.Area == need.Area && other.ProjectId == need.ProjectId && other.Sectors.Contains(donor.Sector))) fit += 1;
            return fit;
        }
    }
}
