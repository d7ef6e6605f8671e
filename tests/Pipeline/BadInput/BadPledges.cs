using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Pledges that are well-formed JSON of the right members, and wrong.</summary>
internal static class BadPledges
{
    private const string Call = "POST /api/pledges";

    public static IEnumerable<BadRequest> Rows => [.. Partners, .. Amounts, .. Resources, .. Shares, .. Dates, .. Earmarks, .. SmallestParts, .. Exclusions, .. Texts, .. Conditions];

    private static IEnumerable<BadRequest> Partners =>
    [
        Bad("no partner", "partnerId", "", "/partnerId"),
        Bad("a partner that is null", "partnerId", "null", "/partnerId"),
        Bad("a partner that is a number", "partnerId", "7", "/partnerId"),
        Bad("an unknown partner", "partnerId", "\"bad-nobody\"", "/partnerId"),
        Bad("a partner in capitals", "partnerId", "\"Bad-Partner\"", "/partnerId"),
        Bad("a partner's id of 65 characters", "partnerId", $"\"{new string('a', 65)}\"", "/partnerId"),
        Bad("a partner's id with a slash", "partnerId", "\"bad/partner\"", "/partnerId"),
        Bad("a partner's id with a line break", "partnerId", "\"bad-partner\\n\"", "/partnerId"),
    ];

    private static IEnumerable<BadRequest> Amounts =>
    [
        Amount("a negative amount", "\"-5.00\""),
        Amount("an amount of zero", "\"0\""),
        Amount("an amount of zero cents", "\"0.00\""),
        Amount("an amount of 20 digits", "\"12345678901234567890\""),
        Amount("an amount of 100 digits", $"\"{new string('9', 100)}\""),
        Amount("an amount that is NaN", "\"NaN\""),
        Amount("an amount that is infinite", "\"Infinity\""),
        Amount("an amount with an exponent", "\"1e3\""),
        Amount("an amount as a JSON number", "12.50"),
        Amount("an amount as a list", """["12.50"]"""),
        Amount("an amount with a comma", "\"12,50\""),
        Amount("an amount with thousands set apart", "\"1,000.00\""),
        Amount("an amount with a sign", "\"+12.50\""),
        Amount("an amount with a blank", "\" 12.50\""),
        Amount("an amount in other digits", "\"١٢\""),
        Amount("an amount without digits", "\".\""),
        Amount("an amount that is empty", "\"\""),
        Amount("an amount that is null", "null"),
        Amount("three decimals of EUR", "\"1.001\""),
        Amount("a decimal of JPY", "\"1.5\"", "JPY"),
        Amount("four decimals of KWD", "\"1.0001\"", "KWD"),
    ];

    private static IEnumerable<BadRequest> Resources =>
    [
        Bad("no resource", "resource", "", "/resource"),
        Bad("a resource that is a text", "resource", "\"100 EUR\"", "/resource"),
        Resource("no kind", """{"amount":"1","currency":"EUR"}""", "/kind"),
        Resource("an unknown kind", """{"kind":"gold","amount":"1"}""", "/kind"),
        Resource("no currency", """{"kind":"money","amount":"1"}""", "/currency"),
        Resource("an unknown currency", """{"kind":"money","amount":"1","currency":"XXQ"}""", "/currency"),
        Resource("a currency in small letters", """{"kind":"money","amount":"1","currency":"eur"}""", "/currency"),
        Resource("no item", """{"kind":"inKind","quantity":"3"}""", "/item"),
        Resource("an item with a line break", """{"kind":"inKind","item":"lap\r\ntop","quantity":"3"}""", "/item"),
        Resource("half a laptop", """{"kind":"inKind","item":"laptop","quantity":"0.5"}""", "/quantity"),
        Resource("a negative quantity", """{"kind":"inKind","item":"laptop","quantity":-3}""", "/quantity"),
        Resource("a quantity with an exponent", """{"kind":"inKind","item":"laptop","quantity":1e3}""", "/quantity"),
        Resource("a negative estimate", """{"kind":"inKind","item":"laptop","quantity":3,"estimatedValue":"-1"}""", "/estimatedValue"),
        Resource("no skill", """{"kind":"time","hours":"3"}""", "/skill"),
        Resource("no hours", """{"kind":"time","skill":"mediation"}""", "/hours"),
        Resource("a thousandth of an hour", """{"kind":"time","skill":"mediation","hours":"1.001"}""", "/hours"),
        Resource("minus one person", """{"kind":"time","skill":"mediation","hours":"8","people":-1}""", "/people"),
        Resource("half a person", """{"kind":"time","skill":"mediation","hours":"8","people":0.5}""", "/people"),
        Resource("an end before its beginning", """{"kind":"time","skill":"mediation","hours":"8","from":"2190-02-02","to":"2190-02-01"}""", "/to"),
        Resource("time that has passed", """{"kind":"time","skill":"mediation","hours":"8","to":"2020-02-01"}""", "/to"),
    ];

    private static IEnumerable<BadRequest> Shares =>
    [
        Bad("an unknown area", "areas", """["music"]""", "/areas/0"),
        Bad("an unknown area with a share", "areas", """[{"area":"music","share":1}]""", "/areas/0"),
        Bad("areas that are a text", "areas", "\"sport\"", "/areas"),
        Bad("an area that is a number", "areas", "[3]", "/areas/0"),
        Bad("eight areas", "areas", """["sport","ict","culture","youth","tourism","socio-economic","city-diplomacy","sport"]""", "/areas"),
        Bad("an area twice", "areas", """["sport","sport"]""", "/areas/1"),
        Bad("shares of 0.9", "areas", """[{"area":"sport","share":0.5},{"area":"ict","share":0.4}]""", "/areas"),
        Bad("shares a little above 1", "areas", """[{"area":"sport","share":"0.5"},{"area":"ict","share":"0.500001"}]""", "/areas"),
        Bad("a share for one area of two", "areas", """[{"area":"sport","share":1},{"area":"ict"}]""", "/areas"),
        Bad("a share of zero", "areas", """[{"area":"sport","share":0}]""", "/areas/0/share"),
        Bad("a negative share", "areas", """[{"area":"sport","share":-1},{"area":"ict","share":2}]""", "/areas/0/share"),
        Bad("a share in words", "areas", """[{"area":"sport","share":"half"}]""", "/areas/0/share"),
    ];

    private static IEnumerable<BadRequest> Dates =>
    [
        Bad("instalments of less than the pledge", "schedule", """[{"dueOn":"2190-01-01","amount":"99.99"}]""", "/schedule"),
        Bad("instalments of more than the pledge", "schedule", """[{"dueOn":"2190-01-01","amount":"60"},{"dueOn":"2190-02-01","amount":"60"}]""", "/schedule"),
        Bad("an instalment in the past", "schedule", """[{"dueOn":"2020-01-01","amount":"100.00"}]""", "/schedule/0/dueOn"),
        Bad("an instalment on 30 February", "schedule", """[{"dueOn":"2190-02-30","amount":"100.00"}]""", "/schedule/0/dueOn"),
        Bad("an instalment without a date", "schedule", """[{"amount":"100.00"}]""", "/schedule/0/dueOn"),
        Bad("an instalment in hours", "schedule", """[{"dueOn":"2190-01-01","hours":"100.00"}]""", "/schedule/0/amount"),
        Bad("an instalment that is a number", "schedule", "[100]", "/schedule/0"),
        Bad("121 instalments", "schedule", $"[{string.Join(",", Enumerable.Repeat("""{"dueOn":"2190-01-01","amount":"1"}""", 121))}]", "/schedule"),
        Bad("valid until the past", "validUntil", "\"2020-01-01\"", "/validUntil"),
        Bad("valid until the year 9999", "validUntil", "\"9999-12-31\"", "/validUntil"),
        Bad("a date with a time", "validUntil", "\"2190-01-01T00:00:00Z\"", "/validUntil"),
        Bad("a date in another order", "validUntil", "\"01/02/2190\"", "/validUntil"),
    ];

    private static IEnumerable<BadRequest> Earmarks =>
    [
        Bad("an earmark for an unknown project", "earmark", """{"projects":["bad-project","bad-nothing"]}""", "/earmark/projects/1"),
        Bad("an earmark for a closed project", "earmark", """{"projects":["bad-project","bad-closed"]}""", "/earmark/projects/1"),
        Bad("an earmark for a project twice", "earmark", """{"projects":["bad-project","bad-project"]}""", "/earmark/projects/1"),
        Bad("an earmark for an unknown city", "earmark", """{"cities":["Atlantis"]}""", "/earmark/cities/0"),
        Bad("an earmark for an unknown country", "earmark", """{"countries":["IT","Atlantis"]}""", "/earmark/countries/1"),
        Bad("an earmark that is a list", "earmark", """["bad-project"]""", "/earmark"),
        Bad("an earmark for a planet", "earmark", """{"planet":"mars"}""", "/earmark/planet"),
    ];

    private static IEnumerable<BadRequest> SmallestParts =>
    [
        Bad("a smallest part above the pledge", "smallestPart", "\"100.01\"", "/smallestPart"),
        Bad("a smallest part of zero", "smallestPart", "\"0\"", "/smallestPart"),
        Bad("a negative smallest part", "smallestPart", "\"-5\"", "/smallestPart"),
        Bad("a smallest part as a JSON number", "smallestPart", "5", "/smallestPart"),
        Bad("a smallest part of three decimals", "smallestPart", "\"5.001\"", "/smallestPart"),
        Bad("a smallest part that is a list", "smallestPart", """["5"]""", "/smallestPart"),
        new("a smallest part above an equal share", Call, Pledge(("areas", """["sport","ict","youth"]"""), ("smallestPart", "\"33.34\"")), 400, "/smallestPart"),
        new("a smallest part above a stated share", Call, Pledge(("areas", """[{"area":"sport","share":0.9},{"area":"ict","share":0.1}]"""), ("smallestPart", "\"11\"")), 400, "/smallestPart"),
    ];

    private static IEnumerable<BadRequest> Exclusions =>
    [
        Choosy("an area that the partner excludes", "areas", """["sport","tourism"]""", "/areas/1"),
        Choosy("a project that the partner excludes", "earmark", """{"projects":["bad-project"]}""", "/earmark/projects/0"),
        Choosy("a city that the partner excludes", "earmark", """{"cities":["bad-other-city","bad-city"]}""", "/earmark/cities/1"),
        Choosy("a country that the partner excludes", "earmark", """{"countries":["IT","KE"]}""", "/earmark/countries/1"),
        Bad("a project that has ended", "earmark", """{"projects":["bad-ended"]}""", "/earmark/projects/0"),
    ];

    private static IEnumerable<BadRequest> Texts =>
    [
        Bad("an unknown visibility", "visibility", "\"secret\"", "/visibility"),
        Bad("a header in the reference", "reference", "\"spring\\r\\nBcc: all@example.org\"", "/reference"),
        Bad("a NUL in the reference", "reference", "\"spring\\u0000\\u0001fair\"", "/reference"),
        Bad("a reference of 201 characters", "reference", $"\"{new string('r', 201)}\"", "/reference"),
        Bad("a reference that is a flag", "reference", "true", "/reference"),
    ];

    private static IEnumerable<BadRequest> Conditions =>
    [
        Bad("conditions that are no list", "conditions", """{"type":"match","sector":"public","ratio":1}""", "/conditions"),
        Bad("six conditions", "conditions", $"[{string.Join(",", Enumerable.Repeat("""{"type":"match","sector":"public","ratio":1}""", 6))}]", "/conditions"),
        Bad("a condition that is a text", "conditions", """["match"]""", "/conditions/0"),
        Bad("a condition that is null", "conditions", "[null]", "/conditions/0"),
        Bad("a condition without a type", "conditions", """[{"sector":"public","ratio":1}]""", "/conditions/0/type"),
        Bad("a condition of an unknown type", "conditions", """[{"type":"weather","sector":"public","ratio":1}]""", "/conditions/0/type"),
        Bad("a condition without a sector", "conditions", """[{"type":"match","ratio":1}]""", "/conditions/0/sector"),
        Bad("a condition on an unknown sector", "conditions", """[{"type":"match","sector":"mixed","ratio":1}]""", "/conditions/0/sector"),
        Bad("a condition without a ratio", "conditions", """[{"type":"match","sector":"public"}]""", "/conditions/0/ratio"),
        Ratio("a ratio of zero", "0"),
        Ratio("a ratio below zero", "-1"),
        Ratio("a ratio above 100", "100.0001"),
        Ratio("a ratio of five decimals", "0.33333"),
        Ratio("a ratio of 1e2", "1e2"),
        Ratio("a ratio of 100 digits", new string('9', 100)),
        Ratio("a ratio that is a text", "\"half\""),
        Ratio("a ratio that is null", "null"),
        Bad("a limit of zero", "conditions", """[{"type":"match","sector":"public","ratio":1,"upTo":"0"}]""", "/conditions/0/upTo"),
        Bad("a limit that is a number", "conditions", """[{"type":"match","sector":"public","ratio":1,"upTo":5}]""", "/conditions/0/upTo"),
        Bad("a limit of three decimals", "conditions", """[{"type":"match","sector":"public","ratio":1,"upTo":"5.001"}]""", "/conditions/0/upTo"),
        Bad("a condition with something else", "conditions", """[{"type":"match","sector":"public","ratio":1,"until":"noon"}]""", "/conditions/0/until"),
        new("conditions on goods", Call, Pledge(("resource", """{"kind":"inKind","item":"laptop","quantity":"3"}"""), ("conditions", """[{"type":"match","sector":"public","ratio":1}]""")), 400, "/conditions"),
    ];

    private static BadRequest Ratio(string name, string json)
        => Bad(name, "conditions", $$"""[{"type":"match","sector":"public","ratio":{{json}}}]""", "/conditions/0/ratio");

    private static BadRequest Bad(string name, string member, string json, string pointer) => new(name, Call, Pledge((member, json)), 400, pointer);

    private static BadRequest Choosy(string name, string member, string json, string pointer)
        => new(name, Call, Pledge(("partnerId", "\"bad-choosy\""), (member, json)), 400, pointer);

    private static BadRequest Amount(string name, string json, string currency = "EUR")
        => Resource(name, $$"""{"kind":"money","amount":{{json}},"currency":"{{currency}}"}""", "/amount");

    private static BadRequest Resource(string name, string json, string pointer) => Bad(name, "resource", json, "/resource" + pointer);
}
