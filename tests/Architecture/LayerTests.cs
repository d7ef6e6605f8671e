using System.Reflection;
using FundingFlow.Functions;

namespace FundingFlow.Tests.Architecture;

/// <summary>Who may know whom. Each rule is also seen to be broken, by the types in <c>Violations/</c>.</summary>
public sealed class LayerTests
{
    private const string Violations = "FundingFlow.Tests.Architecture.Violations";

    private static readonly Lazy<CodeBase> Product = new(() =>
        new(typeof(FundingFlowOptions).Assembly, typeof(Composition).Assembly, Assembly.Load("FundingFlow.Local")));

    private static readonly Lazy<CodeBase> Fixture = new(() => new(typeof(LayerTests).Assembly));

    /// <summary>Who breaks which rule in <c>Violations/</c>; one about a single room: that room's KnowsEveryRoom.</summary>
    private static readonly Dictionary<string, string[]> Breaches = new()
    {
        ["Only_Azure_knows_the_Azure_SDKs"] =
        [
            "Ledger.InABody", "Ledger.InACatch", "Ledger.InAFilter", "Ledger.InAGenericArgument", "Ledger.InALambda",
            "Ledger.InASignature", "Ledger.InATypeOf", "Ledger.InAnArray", "Ledger.InAnAsynchronousBody", "Ledger.InAnInterface",
            "Ledger.InAnIterator",
        ],
        ["Only_Mail_knows_MailKit"] = ["Ledger.OfMail"],
        ["Shared_knows_no_function_and_no_host"] = ["Access.OfAFunction", "Access.OfTheFunctionsHost"],
        ["Functions_do_not_know_the_local_host"] = ["Functions.OfTheLocalHost"],
        ["Rooms_know_no_adapter"] = ["Pledges.OfTheLetters", "Pledges.OfTheTables", "Storage.OfTheTables"],
    };

    public static TheoryData<string> RuleNames => [.. LayerRule.Of("FundingFlow", _ => true).Select(rule => rule.Name)];

    [Theory, MemberData(nameof(RuleNames))]
    public void The_code_keeps(string rule)
    {
        var broken = Rule(rule, "FundingFlow", HasFolder).BrokenBy(Product.Value);
        Assert.True(broken.Count == 0, string.Join("\n", broken.Values.Prepend($"{rule} is broken:")));
    }

    [Theory, MemberData(nameof(RuleNames))]
    public void Every_type_that_breaks_it_and_no_other_is_named_by(string rule)
    {
        var breaches = Breaches.GetValueOrDefault(rule) ?? [rule.Split('_')[0] + ".KnowsEveryRoom"];
        var named = Rule(rule, Violations, _ => true).BrokenBy(Fixture.Value).Keys;
        Assert.Equal(breaches, named.Select(type => type[(Violations.Length + 1)..]));
    }

    [Fact]
    public void A_rule_that_binds_nobody_is_broken_unless_its_room_is_yet_to_come()
    {
        var rule = new LayerRule("Nobody_knows_anything", "^Nobody$", "^Azure$");
        Assert.NotEmpty(rule.BrokenBy(Product.Value));
        Assert.Empty((rule with { WhoMayBeMissing = true }).BrokenBy(Product.Value));
    }

    [Fact]
    public void Every_folder_of_shared_is_known_to_the_rules()
        => Assert.Empty(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "shared"))
            .Select(folder => Path.GetFileName(folder)!)
            .Except([.. Rooms.Folders, "bin", "obj"]));

    [Fact]
    public void Every_folder_of_shared_has_its_types_under_its_own_name()
        => Assert.Empty(Rooms.Folders.Where(HasFolder).Select(folder => $"FundingFlow.{folder}")
            .Except(Product.Value.Architecture.Types.Select(type => type.Namespace.FullName)));

    private static LayerRule Rule(string name, string root, Predicate<string> hasFolder)
        => LayerRule.Of(root, hasFolder).Single(rule => rule.Name == name);

    private static bool HasFolder(string room) => Directory.Exists(Path.Combine(Repository.Root, "shared", room));
}
