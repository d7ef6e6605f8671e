using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using CsCheck;
using FundingFlow.Cities;
using FundingFlow.Digests;
using FundingFlow.Ledger;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Digests;

using Unit = FundingFlow.Money.Unit;

public sealed partial class ReasonSentencesTests
{
    private static readonly Language[] Languages = [Language.English, Language.Of("it"), Language.Of("fr")];
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));
    private static readonly Unit Yen = Unit.Of(Currency.Of("JPY"));

    private static readonly string[] WithoutData =
        [ReasonCode.EarmarkCity, ReasonCode.EarmarkCountry, ReasonCode.SameCountry, ReasonCode.Unstated, ReasonCode.Overfills];

    /// <summary>What the mail's own sentence says already.</summary>
    private static readonly string[] SaidByTheBlock = [Standing.NoNeed, Standing.Declined, Standing.ProjectClosed, Standing.ReceivedAfterWithdrawal];

    private static readonly Dictionary<string, string> Everything = new()
    {
        ["title"] = "Farms", ["area"] = Areas.Youth, ["home"] = "Rome", ["sector"] = "nonprofit", ["days"] = "30", ["amount"] = "3600000", ["unit"] = "JPY",
        ["percent"] = "33", ["fromPercent"] = "0", ["toPercent"] = "80", ["from"] = "School", ["to"] = "Farms", ["on"] = "2026-11-11", ["reason"] = "It is needed more.",
        ["decided"] = "need",
    };

    public static TheoryData<string> Codes => [.. ConstantsOf(typeof(ReasonCode))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_words_in_every_language(string code)
    {
        Assert.All(Languages, language => Assert.Matches("^[^{}]+[.]$", ReasonSentences.Of(Reason(code), language)));
        Assert.Equal(Languages.Length, Languages.Select(language => ReasonSentences.Of(Reason(code), language)).Distinct().Count());
        Assert.Equal(WithoutData.Contains(code), ReasonSentences.Of(new Reason(code, "English."), Language.English) is not null);
    }

    [Fact]
    public void Whatever_decided_has_words_in_every_language()
        => Assert.Multiple(
            () => EachDiffers(ConstantsOf(typeof(NextDecided)), decided => Reason(ReasonCode.Next, ("decided", decided))),
            () => EachDiffers(ConstantsOf(typeof(NextDecided)), decided => Reason(ReasonCode.Next, ("decided", decided), ("inside", "true"))),
            () => EachDiffers(ConstantsOf(typeof(MoveDecided)), decided => Reason(ReasonCode.Rebalanced, ("decided", decided))));

    [Fact]
    public void Whatever_makes_units_stand_has_words_in_every_language()
        => Assert.All(ConstantsOf(typeof(Standing)).Except(SaidByTheBlock), standing => Assert.All(Languages, language
            => Assert.NotNull(ReasonSentences.OfStanding(Line(Euro) with { Standing = standing, SmallestPart = 400_00 }, language))));

    /// <summary>What a conditional part waits for is told in the pledge itself, and not kept.</summary>
    [Fact]
    public void Reasons_have_their_codes_from_the_list()
        => Assert.All(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "shared"), "*.cs", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "MatchWait.cs"),
            file => Assert.DoesNotMatch(CodeInPlace(), File.ReadAllText(file)));

    [Theory]
    [InlineData("en", "It brings the need from 0% to 80% of JPY\u00a03,600,000.", "Moved from School to Farms on 11 November 2026 because what it does there is more pressing.")]
    [InlineData("it", "Porta la copertura del fabbisogno di JPY\u00a03.600.000 dallo 0% all’80%.", "Spostato da «School» a «Farms» l’11 novembre 2026 perché lì il fabbisogno è più pressante.")]
    [InlineData("fr", "La couverture du besoin de JPY\u00a03\u00a0600\u00a0000 passe ainsi de 0\u00a0% à 80\u00a0%.", "Déplacé de «\u00a0School\u00a0» à «\u00a0Farms\u00a0» le 11 novembre 2026, parce que le besoin y est plus pressant.")]
    public void Amounts_shares_and_days_are_written_as_the_contact_reads_them(string language, string adds, string moved)
        => Assert.Equal([adds, moved], new[] { ReasonCode.Adds, ReasonCode.Rebalanced }.Select(code => ReasonSentences.Of(Reason(code), Language.Of(language))));

    [Theory]
    [InlineData("24000.00", "EUR", null, "EUR\u00a024.000")]
    [InlineData("12.50", "coaching", "hour", "12,50 ore di coaching")]
    [InlineData("1200.5", "school-rice", "kg", "1.200,5 kg di school rice")]
    [InlineData("20", "laptop", "piece", "20 × computer portatile")]
    public void An_amount_is_read_with_its_unit(string amount, string unit, string? measure, string expected)
    {
        var reason = Reason(ReasonCode.Completes, ("amount", amount), ("unit", unit), measure is null ? ("area", "") : ("measure", measure));
        Assert.Equal($"Completa il fabbisogno di {expected}.", ReasonSentences.Of(reason, Language.Of("it")));
    }

    [Fact]
    public void Goods_kept_without_their_measure_have_no_words()
        => Assert.Null(ReasonSentences.Of(Reason(ReasonCode.Completes, ("unit", "laptop")), Language.Of("it")));

    [Fact]
    public void Whatever_the_matcher_says_has_words_in_every_language()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        Gen.Select(AnyUnit, AnyHow, AnyNeed.Array[1, 6]).Sample((unit, how, needs) =>
        {
            var plan = Placement.Of(LineOf(unit, how), NeedsOf(unit, needs), new PlacingPolicy { SharePercent = how.IsCapped ? 33 : null }, Today, overfill: true);
            foreach (var reason in plan.Parts.SelectMany(part => part.Reasons))
            {
                seen[reason.Code == ReasonCode.Next ? $"next: {reason.Data!["decided"]}" : reason.Code] = true;
                Assert.All(Languages, language => Assert.NotNull(ReasonSentences.Of(reason, language)));
                if (!reason.Text.Any(char.IsAsciiDigit)) Assert.Equal(reason.Text, ReasonSentences.Of(reason, Language.English));
            }
        }, iter: 40_000);
        string[] all = [.. ConstantsOf(typeof(ReasonCode)).Except([ReasonCode.Next, ReasonCode.Rebalanced, ReasonCode.Moved]), .. ConstantsOf(typeof(NextDecided)).Select(decided => $"next: {decided}")];
        Assert.Empty(all.Except(seen.Keys));
    }

    private static readonly Gen<Unit> AnyUnit = Generate.OneOf(Euro, Yen, Unit.Hours("coaching"), Unit.Goods("rice", "kg", 1));

    private static readonly Gen<(int Earmark, int Exclusion, bool HasTwin, bool Knows, int? Smallest, bool IsCapped)> AnyHow = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Int[0, 60], Gen.Bool)
        .Select(how => (how.Item1, how.Item2, how.Item3, how.Item4, how.Item5 < 30 ? (int?)null : how.Item5, how.Item6));

    private static readonly Gen<(int Project, int Need, long Required, long Filled, int State, string City, Situation Situation, int Urgency)> AnyNeed = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 1], Generate.OneOf(0L, 20, 60, 200), Gen.Long[0, 60], Gen.Int[0, 9], Generate.OneOf("kigali", "lima", "milan", "rome"),
        Generate.OneOf(Situation.Peace, Situation.Conflict), Generate.OneOf(1, 1, 2, 4));

    private static List<Position> NeedsOf(Unit unit, IEnumerable<(int Project, int Need, long Required, long Filled, int State, string City, Situation Situation, int Urgency)> drawn)
        => [.. drawn.DistinctBy(need => (need.Project, need.Need)).Select(need => new Position(
            Areas.Youth, $"p{need.Project}", $"n{need.Need}", unit, need.Required, need.State is 0 or 1 ? need.Required / 2 : null, 0, Math.Min(need.Filled, need.Required), 0,
            need.City, need.City is "rome" or "milan" ? "IT" : "RW", need.Situation, null, need.State == 2 ? Today.AddDays(-1) : null, need.Urgency,
            need.State < 5 ? [Sector.Public] : [], RateOf(unit)) { Title = need.Project == 0 ? "" : $"Project {(char)('A' + need.Project)}" })];

    private static Line LineOf(Unit unit, (int Earmark, int Exclusion, bool HasTwin, bool Knows, int? Smallest, bool IsCapped) how)
        => Line(unit) with
        {
            Donor = Line(unit).Donor with
            {
                Twins = how.HasTwin ? ["lima"] : [],
                Interests = how.HasTwin ? [Areas.Youth] : [],
                CityName = how.Knows ? "Rome" : null,
                Exclusions = how.Exclusion switch { 0 => new Exclusions([], ["p1"], [], []), 1 => new Exclusions([], [], ["lima"], []), _ => null },
                Sector = how.Knows ? Sector.Public : Sector.Nonprofit,
            },
            Earmark = how.Earmark switch { 0 or 1 => new Earmark(["p2"], [], []), 2 => new Earmark([], ["kigali"], []), 3 => new Earmark([], [], ["IT"]), _ => Earmark.None },
            SmallestPart = how.Smallest,
        };

    private static Line Line(Unit unit)
        => new(Areas.Youth, "d.aaaaaaaaaaaaaaaa", unit, 90, 90, 0, 0, 0, [], 1, 0, null,
            new DonorFacts("d", "D", Sector.Public, "rome", "Rome", "IT", Situation.Peace, [], []), Earmark.None, null, RateOf(unit), default);

    private static ExchangeRate? RateOf(Unit unit) => unit.IsMoney ? ExchangeRate.Same(unit.Code, Today) : null;

    private static Reason Reason(string code, params (string Name, string Value)[] data)
    {
        var all = new Dictionary<string, string>(Everything);
        foreach (var (name, value) in data) all[name] = value;
        return new Reason(code, "English.") { Data = all };
    }

    private static void EachDiffers(string[] decided, Func<string, Reason> reason)
        => Assert.All(Languages, language => Assert.Equal(decided.Length, decided.Select(one => ReasonSentences.Of(reason(one), language)).OfType<string>().Distinct().Count()));

    private static string[] ConstantsOf(Type type)
        => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    [GeneratedRegex("(new Reason|Reason \\w+\\([^)]*\\)\\s*=>\\s*new)\\(\\s*\"")]
    private static partial Regex CodeInPlace();
}
