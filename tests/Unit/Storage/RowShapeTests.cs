using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

using Unit = FundingFlow.Money.Unit;

/// <summary>Stored rows and queued messages outlive a release: their shapes are approved, not incidental.</summary>
public class RowShapeTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Unit Dollar = Unit.Of(Currency.Of("USD"));
    private static readonly ExchangeRate Rate = new("USD", "EUR", 1.0889m, new DateOnly(2025, 3, 14), "ECB");

    [Fact]
    public void Rows_and_messages_have_the_shapes_that_were_approved() => Approved.Matches("rows", string.Join('\n', Shapes().Select(shape => $"{shape.Name}\n{shape.Json}\n")));

    [Fact]
    public void Rows_from_before_there_were_conditions_read_as_having_none()
    {
        var old = Shapes().ToDictionary(shape => shape.Name, shape => shape.Json.Replace(Conditions, "", StringComparison.Ordinal).Replace("\"sector\":\"public\",\"conditional\"", "\"conditional\"", StringComparison.Ordinal));
        Assert.DoesNotContain("conditions", string.Concat(old["Pledges: pledge"], old["Ledger: line"], old["Ledger: part"]), StringComparison.Ordinal);
        Assert.Empty(Wire.Read<Pledge>(old["Pledges: pledge"]).Conditions);
        Assert.Empty(Wire.Read<Line>(old["Ledger: line"]).Conditions);
        var part = Wire.Read<Allocation>(old["Ledger: part"]);
        Assert.Equal((null, 0), (part.Sector, part.Conditions.Count));
    }

    private const string Conditions = "\"conditions\":[{\"sector\":\"private\",\"ratio\":0.5,\"upTo\":100000}],";

    private static IEnumerable<(string Name, string Json)> Shapes()
    {
        var pledge = new Pledge("rome.aaaaaaaaaaaaaaaa", "rome", "hash", new Resource(Dollar, 250_000), [new AreaShare("youth", 0.5m), new AreaShare("sport", 0.5m)],
            new Earmark([], ["kigali"], ["RW"]), [new Instalment(new DateOnly(2027, 1, 1), 250_000)], new DateOnly(2027, 6, 30), Visibility.Public, "R-1", At, "key", Rate)
        {
            Conditions = [new MatchCondition(Sector.Private, 0.5m, 100_000)],
            Stated = new StatedValue(230_000, "EUR"),
            Split = [new LineSplit("youth", 125_000), new LineSplit("sport", 125_000)],
            SmallestPart = 50_000,
        };
        yield return ("Pledges: pledge", Wire.Write(pledge));
        yield return ("pledges-submitted", PledgeIntake.Message(pledge, "W/\"1\""));
        var unsplit = pledge with { Areas = [], Split = null };
        yield return ("pledges-submitted, together", PledgeParcel.Pack("202611240900", [new StoredPledge(unsplit, "W/\"1\"")]).Single().Message);
        yield return ("Submitted, together", Wire.Write(new SubmittedEntry(1, pledge.Id, null, At, 0, At) { Together = [pledge.Id, "rome.bbbbbbbbbbbbbbbb"] }));
        yield return ("Submitted", Wire.Write(new SubmittedEntry(1, pledge.Id, null, At, 0, At)));
        yield return ("Commands", Wire.Write(new PledgeCommand(1, "receipt.k", pledge.Id, "receipt", "hash", "key", At, false)
        {
            Parts = [new CommandPart("youth", "farm", "main", 100)],
            Increase = 5,
            On = new DateOnly(2026, 11, 24),
        }));
        yield return ("Ledger: need", Wire.Write(new Position("youth", "farm", "main", Dollar, 1_000_000, 400_000, 1, 2, 3, "kigali", "RW", Situation.PostConflict,
            new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1), 2, [Sector.Public], Rate)
        { Title = "Farm" }));
        var line = new Line("youth", pledge.Id, Dollar, 125_000, 25_000, 0, 0, 0, [new PartRef("farm", "main")], 1, 1, Standing.NoNeed,
            new DonorFacts("rome", "Rome", Sector.Public, "rome", "Rome", "IT", Situation.Peace, ["kigali"], ["youth"])
            {
                Exclusions = new Exclusions(["sport"], ["mine"], ["lima"], ["PE"]),
            }, pledge.Earmark, pledge.ValidUntil, Rate, At)
        {
            Conditions = pledge.Conditions,
            Sendings = [new Sending("move.1.youth", "youth", 5, false)],
            SmallestPart = 50_000,
            TimeFrom = new DateOnly(2027, 1, 1),
            TimeTo = new DateOnly(2027, 2, 1),
            PledgedOn = new DateOnly(2026, 11, 20),
        };
        yield return ("Ledger: line", Wire.Write(line));
        yield return ("Ledger: part", Wire.Write(new Allocation("youth", pledge.Id, "rome", "farm", "main", Dollar, Unit.Of(Currency.Of("EUR")),
            new Placed(100, 91), default, default, [new Reason("area", "It is a need in Youth.") { Data = new Dictionary<string, string> { ["need"] = "main" } }], At)
        { Sector = Sector.Public, Conditions = pledge.Conditions }));
        yield return ("Ledger: journal", Wire.Write(new JournalEntry("opened", "open", At, "key", pledge.Id, 1,
            [new Posting(Account.Pledged, -100), new Posting(Account.Proposed, 100, "farm", "main", 91)])
        { SharePercent = 25 }));
        yield return ("Ledger: guard", Wire.Write(new PartnerGuard(1, "rome", 3)));
        yield return ("Ledger: need with room kept for a rebalance", Wire.Write(new Reservation("k3v7qxwz2m4ha5bt", 100, At)));
        yield return ("Ledger: units held back for a rebalance", Wire.Write(new Parking("k3v7qxwz2m4ha5bt", 100, At)));
        yield return ("Ledger: a sending of a rebalance", Wire.Write(new Sending("rebalance.k3v7qxwz2m4ha5bt.0.any-youth.0", "youth", 5, false)
        {
            Places = [new PlannedPlace(new PartRef("farm", "main"), 5, 4, new Reason("rebalanced", "Moved from A to B on 2026-11-24 because it is more pressing."))],
            For = "k3v7qxwz2m4ha5bt",
            HeldUntil = At,
        }));
        yield return ("Rebalances: rebalance", Wire.Write(new RebalanceDocument("k3v7qxwz2m4ha5bt", false, "key", RebalanceStatus.Moving, At, At, null)
        {
            Units = [new UnitResult(Dollar, true, 9, new Score(1, 2, 0), new Score(3, 4, 5), null, null, TimeSpan.FromSeconds(1))],
            Steps = 1,
            Planned = 1,
        }));
        yield return ("Rebalances: step", Wire.Write(new RebalanceStep(0, "youth",
            [[new RebalanceMove(0, pledge.Id, Dollar, "youth", new PartRef("farm", "main"), "youth", new PartRef("school", "main"), 5, 4, 4, "it is more pressing") { Decided = MoveDecided.Need }]])));
        yield return ("Rebalances: running", Wire.Write(new RunningRebalance("k3v7qxwz2m4ha5bt", At)));
        yield return ("rebalances-to-run", Wire.Write(new RunRebalance(1, "k3v7qxwz2m4ha5bt")));
        yield return ("funding-changed", Wire.Write(new FundingChanged(1, "youth", [new PartRef("farm", "main")])));
        yield return ("lines-to-reopen", Wire.Write(new ReopenLines(1, "farm", null)));
    }
}
