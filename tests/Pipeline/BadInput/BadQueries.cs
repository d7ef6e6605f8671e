namespace FundingFlow.Tests.Pipeline.BadInput;

internal static class BadQueries
{
    public static IEnumerable<BadRequest> Rows =>
    [
        Bad("pledges of what is no slug", "pledges?partner=../etc", "/partner"),
        Bad("pledges of an unknown status", "pledges?status=lost", "/status"),
        Bad("pledges of a status by number", "pledges?status=1", "/status"),
        Bad("pledges of a status below zero", "pledges?status=-1", "/status"),
        Bad("pledges of two statuses", "pledges?status=open,placed", "/status"),
        Bad("pledges of an unknown area", "pledges?area=music", "/area"),
        Bad("no pledges a page", "pledges?size=0", "/size"),
        Bad("a million pledges a page", "pledges?size=1000000", "/size"),
        Bad("pledges a page in words", "pledges?size=ten", "/size"),
        Bad("pledges a page of 20 digits", "pledges?size=12345678901234567890", "/size"),
        Bad("pledges from a junk continuation", "pledges?continuation=%21%22%C3%B6", "/continuation"),
        Bad("partners from a junk continuation", "partners?continuation=Not%20A%20Slug", "/continuation"),
        Bad("cities from a junk continuation", "cities?continuation=%5C%23", "/continuation"),
        Bad("projects from a junk continuation", "projects?continuation=%00", "/continuation"),
        Bad("projects by gap from a junk continuation", "projects?sort=gap&continuation=zzz", "/continuation"),
        Bad("projects of an unknown area", "projects?area=music", "/area"),
        Bad("projects of an unknown city", "projects?city=Atlantis", "/city"),
        Bad("projects of an unknown country", "projects?country=Atlantis", "/country"),
        Bad("projects in an unknown order", "projects?sort=beauty", "/sort"),
        Bad("gaps by planet", "gaps?by=planet", "/by"),
        Bad("gaps as of 30 February", "gaps?asOf=2026-02-30", "/asOf"),
        Bad("gaps as of the future", "gaps?asOf=2190-01-01", "/asOf"),
        Bad("gaps as of before the beginning", "gaps?asOf=1900-01-01", "/asOf"),
        Bad("alerts of an unknown state", "alerts?state=lost", "/state"),
        Bad("alerts of what is no kind", "alerts?kind=Funding%20Gap", "/kind"),
        Bad("alerts of a kind that there is not", "alerts?kind=short-runaway", "/kind"),
        Bad("alerts from a junk continuation", "alerts?continuation=zz%20zz", "/continuation"),
    ];

    private static BadRequest Bad(string name, string query, string pointer) => new(name, "GET /api/" + query, null, 400, pointer);
}
