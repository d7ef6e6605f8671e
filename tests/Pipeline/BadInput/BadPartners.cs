using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

internal static class BadPartners
{
    private const string Contact = """{"id":"main","name":"Giulia","email":"giulia@example.org"}""";

    public static IEnumerable<BadRequest> Rows =>
    [
        Bad("a partner without a name", "name", "", "/name"),
        Bad("a partner's name that is a list", "name", """["Fondazione"]""", "/name"),
        Bad("a partner's name of blanks", "name", "\"   \"", "/name"),
        Bad("a partner's name of 201 characters", "name", $"\"{new string('n', 201)}\"", "/name"),
        Bad("a header in a partner's name", "name", "\"Rome\\r\\nBcc: all@example.org\"", "/name"),
        Bad("a line break of C1 in a partner's name", "name", "\"Ro\\u0085me\"", "/name"),
        Bad("an escape character in a partner's name", "name", "\"\\u001b[31mRome\"", "/name"),
        Bad("half a surrogate pair in a partner's name", "name", "\"\\ud800\"", "/name"),
        Bad("an unknown sector", "sector", "\"royal\"", "/sector"),
        Bad("a sector that is a number", "sector", "1", "/sector"),
        Bad("a partner in an unknown country", "country", "\"Atlantis\"", "/country"),
        Bad("an unknown interest", "interests", """["sport","music"]""", "/interests/1"),
        Bad("exclusions that are a list", "exclusions", """["sport"]""", "/exclusions"),
        Bad("an exclusion of an unknown kind", "exclusions", """{"planets":["mars"]}""", "/exclusions/planets"),
        Bad("an exclusion of an unknown area", "exclusions", """{"areas":["sport","music"]}""", "/exclusions/areas/1"),
        Bad("an exclusion of an unknown project", "exclusions", """{"projects":["bad-project","bad-nothing"]}""", "/exclusions/projects/1"),
        Bad("an exclusion of an unknown city", "exclusions", """{"cities":["Atlantis"]}""", "/exclusions/cities/0"),
        Bad("an exclusion of an unknown country", "exclusions", """{"countries":["IT","Atlantis"]}""", "/exclusions/countries/1"),
        Bad("an exclusion that is a number", "exclusions", """{"cities":[3]}""", "/exclusions/cities/0"),
        Bad("another id than the address", "id", "\"bad-other\"", "/id"),
        Bad("a header in an address", "email", "\"giulia@example.org\\r\\nBcc: all@example.org\"", "/email"),
        Bad("two addresses", "email", "\"giulia@example.org, all@example.org\"", "/email"),
        Bad("an address with a name", "email", "\"Giulia <giulia@example.org>\"", "/email"),
        Bad("an address without a host", "email", "\"giulia\"", "/email"),
        Bad("an unknown language", "language", "\"klingon\"", "/language"),
        Bad("a digest every day", "digest", """{"frequency":"daily"}""", "/digest/frequency"),
        Bad("a digest of an unknown area", "digest", """{"areas":["music"]}""", "/digest/areas/0"),
        Bad("a language without an address", "language", "\"it\"", "/email"),
        Bad("contacts that are an object", "contacts", Contact, "/contacts"),
        Bad("a contact without an address", "contacts", """[{"id":"main","name":"Giulia"}]""", "/contacts/0/email"),
        Bad("a header in a contact's address", "contacts", """[{"id":"main","email":"g@example.org\r\nBcc: x@example.org"}]""", "/contacts/0/email"),
        Bad("a header in a contact's name", "contacts", """[{"id":"main","name":"G\nBcc: x@example.org","email":"g@example.org"}]""", "/contacts/0/name"),
        Bad("a contact's time zone that is none", "contacts", """[{"id":"main","email":"g@example.org","timeZone":"../etc/passwd"}]""", "/contacts/0/timeZone"),
        Bad("two contacts of one id", "contacts", $"[{Contact},{Contact}]", "/contacts/1/id"),
        Bad("a contact with an unknown member", "contacts", """[{"id":"main","email":"g@example.org","phone":"1"}]""", "/contacts/0/phone"),
        new("a partner's id in capitals", "PUT /api/partners/Bad-New", Partner(), 400, "/id"),
        new("a partner's id of 65 characters in the address", $"PUT /api/partners/{new string('a', 65)}", Partner(), 400, "/id"),
        new("a partner's id with an encoded slash", "PUT /api/partners/bad%2Fnew", Partner(), 400, "/id"),
        new("a partner's id with dots", "PUT /api/partners/bad..new", Partner(), 400, "/id"),
        new("a partner's id with a line break in the address", "PUT /api/partners/bad%0D%0Anew", Partner(), 400, "/id"),
        new("a partner's id with a question mark", "PUT /api/partners/bad%3Fnew%23", Partner(), 400, "/id"),
        new("a partner's id in another script", "PUT /api/partners/%D7%A8%D7%95%D7%9E%D7%90", Partner(), 400, "/id"),
        new("a version that is none", "PUT /api/partners/bad-partner", Partner(("name", "\"Changed\"")), 412) { Header = ("If-Match", "nonsense") },
        new("another version", "PUT /api/partners/bad-partner", Partner(("name", "\"Changed\"")), 412) { Header = ("If-Match", "W/\"datetime'2020-01-01T00%3A00%3A00Z'\"") },
        new("a version of what is not there", "PUT /api/partners/bad-new", Partner(), 412) { Header = ("If-Match", "*") },
        new("only if it is new", "PUT /api/partners/bad-partner", Partner(("name", "\"Changed\"")), 412) { Header = ("If-None-Match", "*") },
        new("a partner that is not there", "GET /api/partners/bad-nobody", null, 404),
        new("a partner of a backslash", "GET /api/partners/%5C%23%3F%09", null, 404),
    ];

    private static BadRequest Bad(string name, string member, string json, string pointer)
        => new(name, "PUT /api/partners/bad-new", Partner((member, json)), 400, pointer);
}
