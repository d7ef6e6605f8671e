using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace FundingFlow.Tests.Architecture;

/// <summary>Who must not know what: both are patterns of namespaces.</summary>
/// <param name="Name">A sentence; the test is named by it.</param>
/// <param name="Who">Types that the rule binds.</param>
/// <param name="What">Types that they must not use, in a signature or in a body.</param>
/// <param name="WhoMayBeMissing">Only while a room has no folder yet.</param>
internal sealed record LayerRule(string Name, string Who, string What, bool WhoMayBeMissing = false)
{
    /// <summary>The types that break the rule, each with how; a rule that binds nobody is broken too.</summary>
    public SortedDictionary<string, string> BrokenBy(CodeBase code)
    {
        IObjectProvider<IType> forbidden = Types(includeReferenced: true).That().ResideInNamespaceMatching(What);
        var rule = Types().That().ResideInNamespaceMatching(Who).Should().NotDependOnAny(forbidden).As(Name);
        ICanBeEvaluated evaluated = WhoMayBeMissing ? rule.WithoutRequiringPositiveResults() : rule;

        var broken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var result in evaluated.Evaluate(code.Architecture).Where(result => !result.Passed))
            broken[result.EvaluatedObjectIdentifier.Identifier] = result.Description;
        foreach (var (who, caught) in code.Catches.Where(pair => IsIn(pair.Who, Who) && IsIn(pair.Caught, What)))
            broken.TryAdd(who.FullName!, $"{who.FullName} catches {caught.FullName}");
        return broken;
    }

    /// <summary>The rules of a code base whose namespaces start with <paramref name="root"/>.</summary>
    /// <param name="hasFolder">Whether a room of that name is there at all.</param>
    public static IEnumerable<LayerRule> Of(string root, Predicate<string> hasFolder)
    {
        var foundation = "^" + root.Replace(".", "[.]", StringComparison.Ordinal);
        string Namespace(params IEnumerable<string> names) => $"{foundation}[.]({string.Join('|', names)})([.]|$)";
        string AllBut(params IEnumerable<string> names) => $"{foundation}(?![.]({string.Join('|', names)})([.]|$))([.]|$)";

        // The local host brings up Azurite and a mailbox, so it alone knows those SDKs too.
        yield return new("Only_Azure_knows_the_Azure_SDKs", AllBut("Azure", "Local"), "^Azure([.]|$)");
        yield return new("Only_Mail_knows_MailKit", AllBut("Mail", "Local"), "^(MailKit|MimeKit)([.]|$)");
        yield return new("Shared_knows_no_function_and_no_host",
            AllBut("Functions", "Local"), Namespace("Functions", "Local") + "|^Microsoft[.]Azure[.](Functions|WebJobs)([.]|$)");
        yield return new("Functions_do_not_know_the_local_host", Namespace("Functions"), Namespace("Local"));

        yield return new("Rooms_know_no_adapter",
            Namespace([.. Rooms.MayKnow.Keys, .. Rooms.Foundations]), Namespace(Rooms.Adapters));
        foreach (var (room, known) in Rooms.MayKnow.Where(line => line.Value != Rooms.Any))
            yield return new($"{room}_knows_no_room_but_{(known.Length == 0 ? "itself" : string.Join("_and_", known))}",
                Namespace(room), Namespace(Rooms.MayKnow.Keys.Except(known).Where(other => other != room)), !hasFolder(room));
    }

    private static bool IsIn(Type type, string pattern) => Regex.IsMatch(type.Namespace ?? "", pattern);
}
