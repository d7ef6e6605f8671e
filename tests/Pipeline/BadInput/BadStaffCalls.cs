namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Rates, keys, alerts, digests, rebalances and imports.</summary>
internal static class BadStaffCalls
{
    private const string Csv = "name,sector\\nFondazione,nonprofit";

    public static IEnumerable<BadRequest> Rows =>
    [
        Rate("no rates", "{}", "/rates"),
        Rate("rates that are an object", """{"rates":{"KMF":"491"}}""", "/rates"),
        Rate("a rate of zero", """{"rates":[{"currency":"KMF","rate":"0"}]}""", "/rates/0/rate"),
        Rate("a negative rate", """{"rates":[{"currency":"KMF","rate":"-491"}]}""", "/rates/0/rate"),
        Rate("a rate with an exponent", """{"rates":[{"currency":"KMF","rate":1e3}]}""", "/rates/0/rate"),
        Rate("a rate that is NaN", """{"rates":[{"currency":"KMF","rate":"NaN"}]}""", "/rates/0/rate"),
        Rate("a rate of 20 digits", """{"rates":[{"currency":"KMF","rate":"12345678901234567890"}]}""", "/rates/0/rate"),
        Rate("a rate so small that sums overflow", """{"rates":[{"currency":"KMF","rate":"0.000000000001"}]}""", "/rates/0/rate"),
        Rate("a rate of an unknown currency", """{"rates":[{"currency":"ZZZ","rate":"1"}]}""", "/rates/0/currency"),
        Rate("a rate of the reporting currency", """{"rates":[{"currency":"EUR","rate":"2"}]}""", "/rates/0/currency"),
        Rate("a rate of tomorrow", """{"rates":[{"currency":"KMF","rate":"491","date":"2190-01-01"}]}""", "/rates/0/date"),
        Rate("a rate twice", """{"rates":[{"currency":"KMF","rate":"491"},{"currency":"KMF","rate":"492"}]}""", "/rates/1/currency"),
        new("rates by a reader", "PUT /api/rates", """{"rates":[]}""", 403) { Key = "reader" },

        Made("a key of no role", "{}", "/role"),
        Made("a key of an unknown role", """{"role":"emperor"}""", "/role"),
        Made("a header in a key's label", """{"role":"reader","label":"a\r\nb"}""", "/label"),
        Made("a key for an unknown partner", """{"role":"fundraiser","partners":["bad-nobody"]}""", "/partners/0"),
        Made("a reader's key with partners", """{"role":"reader","partners":["bad-partner"]}""", "/partners"),
        Made("a city's key for no city", """{"role":"city"}""", "/cities"),
        Made("a city's key for an unknown city", """{"role":"city","cities":["Atlantis"]}""", "/cities/0"),
        new("a key that is not there", "DELETE /api/keys/%5C%5C", null, 404),
        new("a key made by a fundraiser", "POST /api/keys", """{"role":"staff"}""", 403) { Key = "fundraiser" },

        new("a snooze without an end", "POST /api/alerts/funding-gap.bad-project.1/snooze", "{}", 400, "/until"),
        new("a snooze into the past", "POST /api/alerts/funding-gap.bad-project.1/snooze", """{"until":"2020-01-01"}""", 400, "/until"),
        new("a snooze until 30 February", "POST /api/alerts/funding-gap.bad-project.1/snooze", """{"until":"2190-02-30"}""", 400, "/until"),
        new("a resolved alert with a NUL", "POST /api/alerts/funding-gap.bad-project.1/resolve", """{"note":"\u0000"}""", 400, "/note"),
        new("an alert that is not there", "POST /api/alerts/funding-gap.bad-nothing.1/acknowledge", null, 404),
        new("an alert whose id is none", "POST /api/alerts/%5C.%23.%0A/acknowledge", null, 404),
        new("an alert by a city", "POST /api/alerts/funding-gap.bad-project.1/acknowledge", null, 403) { Key = "city" },
        new("a digest for an unknown partner", "POST /api/digests", """{"partnerId":"bad-nobody"}""", 400, "/partnerId"),
        new("a digest for what is no slug", "POST /api/digests", """{"partnerId":"bad partner"}""", 400, "/partnerId"),

        new("a rebalance that is perhaps a dry run", "POST /api/rebalances?dryRun=perhaps", "{}", 400, "/dryRun"),
        new("a rebalance with a member that is not known", "POST /api/rebalances?dryRun=true", """{"force":true}""", 400, "/force"),
        new("a rebalance whose body is a list", "POST /api/rebalances?dryRun=true", "[]", 400, ""),
        new("a rebalance by a fundraiser", "POST /api/rebalances", "{}", 403) { Key = "fundraiser" },
        new("a rebalance that is not there", "GET /api/rebalances/k3v7qxwz2m4ha5bt", null, 404),
        new("a rebalance whose id is none", "GET /api/rebalances/%5C.%23", null, 404),
        new("a page of a rebalance that is no number", "GET /api/rebalances/k3v7qxwz2m4ha5bt?continuation=-1", null, 400, "/continuation"),
        new("a page of a rebalance far beyond", "GET /api/rebalances/k3v7qxwz2m4ha5bt?continuation=99999999999", null, 400, "/continuation"),

        Import("an import of nothing known", "planets", $$"""{"csv":"{{Csv}}"}""", "/kind"),
        Import("an import without a file", "partners", "{}", "/csv"),
        Import("an import whose file is a number", "partners", """{"csv":7}""", "/csv"),
        Import("an import with half a surrogate pair", "partners", """{"csv":"\ud800"}""", "/csv"),
        Import("an import of an empty file", "partners", """{"csv":""}""", "/csv"),
        Import("an import of an unknown column", "partners", """{"csv":"name,sector,colour\nFondazione,nonprofit,red"}""", "/csv"),
        Import("an import with an unknown member", "partners", $$"""{"csv":"{{Csv}}","colour":1}""", "/colour"),
        Import("an import by a mapping of another kind", "partners", $$"""{"csv":"{{Csv}}","mapping":{"kind":"projects","fields":{ } } }""", "/mapping/kind"),
        Import("an import by a mapping of unknown fields", "partners", $$"""{"csv":"{{Csv}}","mapping":{"kind":"partners","fields":{"colour":"name" } } }""", "/mapping/fields/colour"),
        Import("an import that is perhaps a dry run", "partners&dryRun=perhaps", $$"""{"csv":"{{Csv}}"}""", "/dryRun"),
        new("an import as text", "POST /api/imports?kind=partners", Csv, 415) { ContentType = "text/csv" },
        new("an import as a form without a boundary", "POST /api/imports?kind=partners", Csv, 400, "") { ContentType = "multipart/form-data" },
        new("an import of partners by a city", "POST /api/imports?kind=partners", $$"""{"csv":"{{Csv}}"}""", 403) { Key = "city" },
        new("an import that is not there", "GET /api/imports/%5C", null, 404),
        new("the errors of an import that is not there", "GET /api/imports/nothing/errors.csv", null, 404),
        new("a template of nothing known", "GET /api/imports/template?kind=planets", null, 400, "/kind"),
    ];

    private static BadRequest Rate(string name, string body, string pointer) => new(name, "PUT /api/rates", body, 400, pointer);

    private static BadRequest Made(string name, string body, string pointer) => new(name, "POST /api/keys", body, 400, pointer);

    private static BadRequest Import(string name, string kind, string body, string pointer)
        => new(name, "POST /api/imports?kind=" + kind, body, 400, pointer);
}
