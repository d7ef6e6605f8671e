using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Cities and projects.</summary>
internal static class BadPlaces
{
    private const string Coaches = """{"id":"coaches","kind":"money","amount":"10"}""";

    public static IEnumerable<BadRequest> Rows =>
    [
        OfCity("a city without a name", "name", "", "/name"),
        OfCity("a city in an unknown country", "country", "\"ZZ\"", "/country"),
        OfCity("a city in no country", "country", "", "/country"),
        OfCity("a city north of the pole", "latitude", "91,\"longitude\":0", "/latitude"),
        OfCity("a city without a longitude", "latitude", "31.7", "/longitude"),
        OfCity("a latitude that is NaN", "latitude", "\"NaN\",\"longitude\":0", "/latitude"),
        OfCity("a latitude with an exponent", "latitude", "1e1,\"longitude\":0", "/latitude"),
        OfCity("an unknown twin", "twins", """["Atlantis"]""", "/twins/0"),
        OfCity("an unknown situation", "situation", "\"war\"", "/situation"),
        OfCity("a header in an alias", "aliases", """["Shechem\r\nBcc: x@example.org"]""", "/aliases/0"),
        OfCity("a city's time zone that is none", "timeZone", "\"Europe/Atlantis\"", "/timeZone"),
        new("a city's id with an underscore", "PUT /api/cities/bad_new", City(), 400, "/id"),
        new("a city by a fundraiser", "PUT /api/cities/bad-new", City(), 403) { Key = "fundraiser" },
        new("a city that is not there", "GET /api/cities/%5C", null, 404),

        OfProject("a project without a title", "title", "", "/title"),
        OfProject("a header in a project's title", "title", "\"Sport\\r\\nBcc: x@example.org\"", "/title"),
        OfProject("a project of an unknown area", "area", "\"music\"", "/area"),
        OfProject("a project in an unknown city", "city", "\"Atlantis\"", "/city"),
        OfProject("a project without a currency", "currency", "", "/currency"),
        OfProject("a project that ends before it starts", "endsOn", "\"2030-01-01\",\"startsOn\":\"2030-01-02\"", "/endsOn"),
        OfProject("a project from 31 November", "startsOn", "\"2030-11-31\"", "/startsOn"),
        OfProject("needs that are a text", "needs", "\"all\"", "/needs"),
        OfProject("101 needs", "needs", $"[{string.Join(",", Enumerable.Repeat("""{"kind":"money"}""", 101))}]", "/needs"),
        OfProject("a need of an unknown kind", "needs", """[{"kind":"gold"}]""", "/needs/0/kind"),
        OfProject("a negative need", "needs", """[{"kind":"money","amount":"-1"}]""", "/needs/0/amount"),
        OfProject("a need as a JSON number", "needs", """[{"kind":"money","amount":1}]""", "/needs/0/amount"),
        OfProject("a need of half a yen", "currency", "\"JPY\",\"needs\":[{\"kind\":\"money\",\"amount\":\"1.5\"}]", "/needs/0/amount", leaveOut: "needs"),
        OfProject("a minimum above the need", "needs", """[{"kind":"money","amount":"1","minimumViable":"2"}]""", "/needs/0/minimumViable"),
        OfProject("a need in an unknown city", "needs", """[{"kind":"money","amount":"1","city":"Atlantis"}]""", "/needs/0/city"),
        OfProject("a need of an unknown area", "needs", """[{"kind":"money","amount":"1","area":"music"}]""", "/needs/0/area"),
        OfProject("a need of a third of a laptop", "needs", """[{"kind":"inKind","item":"laptop","quantity":"0.33"}]""", "/needs/0/quantity"),
        OfProject("a need with an unknown member", "needs", """[{"kind":"money","amount":"1","colour":"red"}]""", "/needs/0/colour"),
        OfProject("two needs of one id", "needs", $"[{Coaches},{Coaches}]", "/needs/1/id"),
        OfProject("a budget that ends before it begins", "budget", """[{"from":"2030-02-01","to":"2030-01-01","amount":"1"}]""", "/budget/0/to"),
        OfProject("a budget that overlaps", "budget", """[{"from":"2030-01-01","to":"2030-03-01","amount":"1"},{"from":"2030-02-01","to":"2030-04-01","amount":"1"}]""", "/budget/1/from"),
        OfProject("a budget in words", "budget", """[{"from":"2030-01-01","to":"2030-03-01","amount":"much"}]""", "/budget/0/amount"),
        new("a project's id of 65 characters", $"PUT /api/projects/{new string('p', 65)}", Project(), 400, "/id"),
        new("a project's id with an encoded slash", "PUT /api/projects/..%2Fbad-new", Project(), 400, "/id"),
        new("a project by a fundraiser", "PUT /api/projects/bad-new", Project(), 403) { Key = "fundraiser" },
        new("another city's project", "PUT /api/projects/bad-other", Project(("city", "\"bad-other-city\"")), 403) { Key = "city" },
        new("a project that is not there", "GET /api/projects/%5C%2F", null, 404),
    ];

    private static BadRequest OfCity(string name, string member, string json, string pointer)
        => new(name, "PUT /api/cities/bad-new", City((member, json)), 400, pointer);

    private static BadRequest OfProject(string name, string member, string json, string pointer, string leaveOut = "none")
        => new(name, "PUT /api/projects/bad-new", Project((leaveOut, ""), (member, json)), 400, pointer);
}
