using static FundingFlow.Tests.Pipeline.BadInput.GoodBodies;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>Keys that are missing or another's, and headers.</summary>
internal static class BadCallers
{
    private const string Call = "POST /api/pledges";

    public static IEnumerable<BadRequest> Rows =>
    [
        new("a pledge without a key", Call, Pledge(), 401) { Key = null },
        new("a bad pledge without a key", Call, "{", 401) { Key = null },
        new("a list without a key", "GET /api/pledges", null, 401) { Key = null },
        new("gaps without a key", "GET /api/gaps", null, 401) { Key = null },
        new("a foreign key", Call, Pledge(), 401) { Key = "ff_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        new("a key that is none", Call, Pledge(), 401) { Key = "' or 1=1 --" },
        new("a very long key", Call, Pledge(), 401) { Key = new string('k', 5000) },
        new("a bearer without a token", Call, Pledge(), 401) { Key = null, Header = ("Authorization", "Bearer ") },
        new("a password", Call, Pledge(), 401) { Key = null, Header = ("Authorization", "Basic YTpi") },
        new("a pledge by a reader", Call, Pledge(), 403) { Key = "reader" },
        new("a pledge by a city", Call, Pledge(), 403) { Key = "city" },
        new("a pledge for another's partner", Call, Pledge(("partnerId", "\"bad-standing\"")), 403) { Key = "fundraiser" },
        new("another's partner", "PUT /api/partners/bad-standing", Partner(), 403) { Key = "fundraiser" },
        new("another's pledge", "GET /api/pledges/{pledge}", null, 404) { Key = "fundraiser" },
        new("another's pledges", "GET /api/pledges?partner=bad-standing", null, 403) { Key = "fundraiser" },
        new("another's confirmation", "POST /api/pledges/{pledge}/confirm", null, 404) { Key = "fundraiser" },
        new("a confirmation by a reader", "POST /api/pledges/{pledge}/confirm", null, 403) { Key = "reader" },
        new("another's reversal", "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", """{"reason":"late"}""", 404) { Key = "fundraiser" },
        new("a reversal by a reader", "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", """{"reason":"late"}""", 403) { Key = "reader" },
        new("another's amendment", "PATCH /api/pledges/{pledge}", "{}", 404) { Key = "fundraiser" },
        new("an amendment by a city", "PATCH /api/pledges/{pledge}", "{}", 403) { Key = "city" },
        new("a write-off by a fundraiser", "POST /api/pledges/{pledge}/write-off", """{"reason":"gone"}""", 403) { Key = "fundraiser" },
        new("a move by a fundraiser", "POST /api/allocations/{part}/move", """{"projectId":"bad-project","needId":"coaches","reason":"more urgent"}""", 403) { Key = "fundraiser" },
        new("another partner's declining", "POST /api/allocations/{part}/decline", null, 403) { Key = "fundraiser" },
        new("a declining by a reader", "POST /api/allocations/{part}/decline", null, 403) { Key = "reader" },
        new("thanks by a fundraiser", "POST /api/allocations/{part}/acknowledge", null, 403) { Key = "fundraiser" },
        new("alerts for a fundraiser", "GET /api/alerts", null, 403) { Key = "fundraiser" },
        new("keys for a reader", "GET /api/keys", null, 403) { Key = "reader" },
        Unkeyed("a pledge without an idempotency key", Call, Pledge(), null),
        Unkeyed("a confirmation without an idempotency key", "POST /api/pledges/{pledge}/confirm", null, null),
        Unkeyed("a receipt without an idempotency key", "POST /api/pledges/{pledge}/receipts", """{"amount":"1"}""", null),
        Unkeyed("a reversal without an idempotency key", "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", """{"reason":"late"}""", null),
        Unkeyed("an amendment without an idempotency key", "PATCH /api/pledges/{pledge}", "{}", null),
        Unkeyed("a write-off without an idempotency key", "POST /api/pledges/{pledge}/write-off", """{"reason":"gone"}""", null),
        Unkeyed("a declining without an idempotency key", "POST /api/allocations/{part}/decline", null, null),
        Unkeyed("a move without an idempotency key", "POST /api/allocations/{part}/move", """{"projectId":"bad-project","needId":"coaches","reason":"more urgent"}""", null),
        Unkeyed("a withdrawal without an idempotency key", "POST /api/pledges/{pledge}/withdraw", null, null),
        Unkeyed("a part's confirmation without an idempotency key", "POST /api/allocations/{part}/confirm", null, null),
        Unkeyed("an idempotency key with a blank", Call, Pledge(), "two words"),
        Unkeyed("an idempotency key of 201 characters", Call, Pledge(), new string('k', 201)),
        Unkeyed("an import's idempotency key with a blank", "POST /api/imports?kind=partners", """{"csv":"name,sector"}""", "two words"),
    ];

    private static BadRequest Unkeyed(string name, string call, string? body, string? key)
        => new(name, call, body, 400, "/Idempotency-Key") { IdempotencyKey = key };
}
