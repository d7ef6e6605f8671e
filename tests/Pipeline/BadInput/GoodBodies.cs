namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Bodies that would be accepted, so that what a row changes in one is all that is wrong with it.</summary>
internal static class GoodBodies
{
    public const string Money = """{"kind":"money","amount":"100.00","currency":"EUR"}""";

    private static readonly (string, string)[] GoodPledge =
        [("partnerId", "\"bad-partner\""), ("resource", Money), ("areas", """["sport"]"""), ("reference", "\"spring\"")];

    private static readonly (string, string)[] GoodPartner = [("name", "\"Fondazione\""), ("sector", "\"nonprofit\""), ("country", "\"IT\"")];

    private static readonly (string, string)[] GoodProject =
    [
        ("title", "\"School of sport\""), ("city", "\"bad-city\""), ("area", "\"sport\""), ("currency", "\"EUR\""),
        ("needs", """[{"id":"coaches","kind":"money","amount":"1000.00"}]"""),
    ];

    private static readonly (string, string)[] GoodCity = [("name", "\"Nablus\""), ("country", "\"PS\"")];

    /// <summary>With these members in place of its own; a value of "" leaves the member out.</summary>
    public static string Pledge(params (string Member, string Json)[] changes) => With(GoodPledge, changes);

    public static string Partner(params (string Member, string Json)[] changes) => With(GoodPartner, changes);

    public static string Project(params (string Member, string Json)[] changes) => With(GoodProject, changes);

    public static string City(params (string Member, string Json)[] changes) => With(GoodCity, changes);

    private static string With((string Member, string Json)[] good, (string Member, string Json)[] changes)
        => "{" + string.Join(",", good.Where(member => !changes.Any(change => change.Member == member.Member)).Concat(changes)
            .Where(member => member.Json.Length > 0).Select(member => $"\"{member.Member}\":{member.Json}")) + "}";
}
