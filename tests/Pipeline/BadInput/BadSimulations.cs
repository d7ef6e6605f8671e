using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>What cannot be tried; a project whose city is not known yet is among the fine ones, and stores nothing either.</summary>
internal static class BadSimulations
{
    private const string Call = "POST /api/simulations";
    private const string Described = """{"sector":"private"}""";

    public static IEnumerable<BadRequest> Rows =>
    [
        Bad("a simulation of nothing", "{}", "/pledge"),
        Bad("a simulation of a pledge and a project", $$$"""{"pledge":{{{Pledge()}}},"project":{{{Project()}}}}""", "/project"),
        Bad("a simulation of a list", """{"pledge":[]}""", "/pledge"),
        Bad("a simulation of a text", """{"project":"film"}""", "/project"),
        Bad("a simulation of something else", $$$"""{"pledge":{{{Pledge()}}},"dream":{}}""", "/dream"),
        Bad("a simulated pledge of an unknown partner", $$$"""{"pledge":{{{Pledge(("partnerId", "\"bad-nobody\""))}}}}""", "/pledge/partnerId"),
        Bad("a simulated pledge of nobody", $$$"""{"pledge":{{{Pledge(("partnerId", ""))}}}}""", "/pledge/partnerId"),
        Bad("a simulated pledge of a partner that is named and described", $$$"""{"pledge":{{{Pledge()}}},"partner":{{{Described}}}}""", "/pledge/partnerId"),
        Bad("a simulated pledge of a negative amount", $$$"""{"pledge":{{{Pledge(("resource", """{"kind":"money","amount":"-1","currency":"EUR"}"""))}}}}""", "/pledge/resource/amount"),
        Bad("a simulated pledge for an unknown area", $$$"""{"pledge":{{{Pledge(("areas", """["music"]"""))}}}}""", "/pledge/areas/0"),
        Bad("a simulated pledge for an unknown project", $$$"""{"pledge":{{{Pledge(("earmark", """{"projects":["bad-nothing"]}"""))}}}}""", "/pledge/earmark/projects/0"),
        Bad("a simulated pledge that is valid until the past", $$$"""{"pledge":{{{Pledge(("validUntil", "\"2020-01-01\""))}}}}""", "/pledge/validUntil"),
        Bad("a simulated pledge in parts above itself", $$$"""{"pledge":{{{Pledge(("smallestPart", "\"101\""))}}}}""", "/pledge/smallestPart"),
        Bad("a described partner without a sector", $$$"""{"pledge":{{{Pledge(("partnerId", ""))}}},"partner":{}}""", "/partner/sector"),
        Bad("a described partner in an unknown city", $$$"""{"pledge":{{{Pledge(("partnerId", ""))}}},"partner":{"sector":"public","city":"Atlantis"}}""", "/partner/city"),
        Bad("a described partner with a name", $$$"""{"pledge":{{{Pledge(("partnerId", ""))}}},"partner":{"sector":"public","name":"Acme"}}""", "/partner/name"),
        Bad("a described partner beside a project", $$$"""{"project":{{{Project()}}},"partner":{{{Described}}}}""", "/partner"),
        Bad("a simulated project in an unknown city without a country", $$$"""{"project":{{{Project(("city", "\"Atlantis\""))}}}}""", "/project/city"),
        Bad("a simulated project in an unknown area", $$$"""{"project":{{{Project(("area", "\"music\""))}}}}""", "/project/area"),
        Bad("a simulated project with a need of nothing", $$$"""{"project":{{{Project(("needs", """[{"kind":"money","amount":"0"}]"""))}}}}""", "/project/needs/0/amount"),
        Bad("a simulated project with a need in an unknown city", $$$"""{"project":{{{Project(("needs", """[{"kind":"money","amount":"5","city":"Atlantis"}]"""))}}}}""", "/project/needs/0/city"),
        new("a simulated project whose placed need moves to another area", Call,
            $$$"""{"project":{{{Project(("id", "\"bad-project\""), ("needs", """[{"id":"coaches","kind":"money","amount":"1000.00","area":"ict"}]"""))}}}}""", 409, "/project/needs/0/area"),
        new("a simulated pledge of another's partner", Call, $$$"""{"pledge":{{{Pledge(("partnerId", "\"bad-standing\""))}}}}""", 403) { Key = "fundraiser" },
        new("a simulation by a city", Call, $$$"""{"pledge":{{{Pledge()}}}}""", 403) { Key = "city" },
        new("a simulation by nobody", Call, $$$"""{"pledge":{{{Pledge()}}}}""", 401) { Key = null },
        new("a simulation as text", Call, $$$"""{"pledge":{{{Pledge()}}}}""", 415) { ContentType = "text/plain" },
    ];

    private static BadRequest Bad(string name, string body, string pointer) => new(name, Call, body, 400, pointer);
}
