using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Bodies that are no JSON, too much of it, or not of the members that there are.</summary>
internal static class BadShapes
{
    private const string Call = "POST /api/pledges";

    public static IEnumerable<BadRequest> Rows =>
    [
        new("a body cut short", Call, """{"partnerId": """, 400, ""),
        new("an empty body", Call, "", 400, ""),
        new("a list", Call, "[]", 400, ""),
        new("null", Call, "null", 400, ""),
        new("a trailing comma", Call, """{"partnerId":"bad-partner",}""", 400, ""),
        new("a comment", Call, "{} // later", 400, ""),
        new("two objects", Call, "{}{}", 400, ""),
        new("NaN that is not quoted", Call, Pledge(("resource", """{"kind":"money","amount":NaN,"currency":"EUR"}""")), 400, ""),
        new("lists nested 5,000 deep", Call, Pledge(("areas", new string('[', 5000) + new string(']', 5000))), 400, ""),
        new("objects nested 5,000 deep", Call, Nested(5000), 400, ""),
        new("nested 33 deep", "PUT /api/cities/bad-new", Nested(33), 400, ""),
        new("2 MB", Call, Pledge(("reference", $"\"{new string('x', 2_000_000)}\"")), 413),
        new("2 MB in chunks", Call, Pledge(("reference", $"\"{new string('x', 2_000_000)}\"")), 413) { IsChunked = true },
        new("2 MB of a receipt", "POST /api/pledges/{pledge}/receipts", $$"""{"amount":"{{new string('1', 2_000_000)}}"}""", 413),
        new("2 MB of a project", "PUT /api/projects/bad-new", Project(("title", $"\"{new string('x', 2_000_000)}\"")), 413),
        new("no content type", Call, Pledge(), 415) { ContentType = null },
        new("text as content type", Call, Pledge(), 415) { ContentType = "text/plain" },
        new("a form as content type", Call, "partnerId=bad-partner", 415) { ContentType = "application/x-www-form-urlencoded" },
        new("a content type that is none", Call, Pledge(), 415) { ContentType = "json; json" },
        new("text as content type of a confirmation", "POST /api/pledges/{pledge}/confirm", "{}", 415) { ContentType = "text/plain" },
        new("no content type of a decline", "POST /api/allocations/{part}/decline", """{"reason":"no"}""", 415) { ContentType = null },
        new("a form as content type of a rebalance", "POST /api/rebalances", "{}", 415) { ContentType = "application/x-www-form-urlencoded" },
        new("a partner as XML", "PUT /api/partners/bad-new", "<partner/>", 415) { ContentType = "application/xml" },
        new("an unknown member", Call, Pledge(("colour", "\"red\"")), 400, "/colour"),
        new("an unknown member in a member", Call, Pledge(("resource", """{"kind":"money","amount":"1","currency":"EUR","colour":1}""")), 400, "/resource/colour"),
        new("an unknown member with a slash in its name", Call, Pledge(("a/b~c", "1")), 400, "/a~1b~0c"),
        new("a member in other letters", Call, Pledge(("PartnerId", "\"bad-partner\"")), 400, "/PartnerId"),
        new("a member twice", Call, """{"partnerId":"bad-partner","partnerId":"bad-standing"}""", 400, "/partnerId"),
        new("a member twice in a member", Call, Pledge(("resource", """{"kind":"money","amount":"1","amount":"2","currency":"EUR"}""")), 400, "/resource/amount"),
        new("half a surrogate pair in a text", Call, Pledge(("reference", """ "\ud83c" """)), 400, "/reference"),
        new("half a surrogate pair in an amount", Call, Pledge(("resource", """{"kind":"money","amount":"\udf0d","currency":"EUR"}""")), 400, "/resource/amount"),
        new("half a surrogate pair in a list", Call, Pledge(("areas", """["sport","\ud83c"]""")), 400, "/areas/1"),
        new("half a surrogate pair in an earmark", Call, Pledge(("earmark", """{"projects":["\ud83c"]}""")), 400, "/earmark/projects/0"),
        new("half a surrogate pair in a member's name", Call, Pledge(("earmark", """{"\ud83c":[]}""")), 400, "/earmark"),
        new("half a surrogate pair as the name of a member", Call, Pledge(("\\udf0d", "1")), 400, ""),
        new("bytes that are no UTF-8", Call, Pledge(("reference", "\"caff\u00e8\"")), 400, "/reference") { IsRaw = true },
    ];

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("""{"a":""", levels)) + "1" + new string('}', levels);
}
