namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>What cannot be done with a pledge, of which one of EUR 100.00 is committed.</summary>
internal static class BadCommands
{
    public static IEnumerable<BadRequest> Rows =>
    [
        Receipt("a receipt of nothing", "{}", "/amount"),
        Receipt("a receipt of two things", """{"amount":"1","hours":"1"}""", "/hours"),
        Receipt("a receipt as a JSON number", """{"amount":1}""", "/amount"),
        Receipt("a negative receipt", """{"amount":"-1"}""", "/amount"),
        Receipt("a receipt of zero", """{"amount":"0.00"}""", "/amount"),
        Receipt("a receipt of a tenth of a cent", """{"amount":"0.001"}""", "/amount"),
        Receipt("a receipt of 20 digits", """{"amount":"12345678901234567890"}""", "/amount"),
        Receipt("a receipt with half a surrogate pair", """{"amount":"\ud83c"}""", "/amount"),
        Receipt("a receipt of hours for money", """{"hours":"1"}""", "/hours"),
        Receipt("a receipt in the future", """{"amount":"1","on":"2190-01-01"}""", "/on"),
        Receipt("a receipt on 31 April", """{"amount":"1","on":"2026-04-31"}""", "/on"),
        Receipt("a receipt for another pledge's allocation", """{"amount":"1","allocationId":"sport~bad-partner.aaaaaaaaaaaaaaaa~bad-project~coaches"}""", "/allocationId"),
        Receipt("a receipt with an unknown member", """{"amount":"1","note":"thanks"}""", "/note"),
        new("a receipt for no pledge", "POST /api/pledges/bad-partner.aaaaaaaaaaaaaaaa/receipts", """{"amount":"1"}""", 404),
        new("a receipt for what is no pledge's id", "POST /api/pledges/%2e%2e%2fsecret/receipts", """{"amount":"1"}""", 404),
        Reversal("a reversal without a reason", "{}", "/reason"),
        Reversal("a reversal for an empty reason", """{"reason":""}""", "/reason"),
        Reversal("a reversal for a reason of 501 letters", $$"""{"reason":"{{new string('a', 501)}}"}""", "/reason"),
        Reversal("a reversal for a number", """{"reason":7}""", "/reason"),
        Reversal("a reversal of part", """{"reason":"late","amount":"1"}""", "/amount"),
        new("a reversal of no receipt", "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", """{"reason":"late"}""", 404),
        new("a reversal of a receipt of a slash", "POST /api/pledges/{pledge}/receipts/%2F%23/reverse", """{"reason":"late"}""", 404),
        new("a reversal in no pledge", "POST /api/pledges/bad-partner.aaaaaaaaaaaaaaaa/receipts/aaaaaaaaaaaaaaaa/reverse", """{"reason":"late"}""", 404),
        new("a confirmation that is a list", "POST /api/pledges/{pledge}/confirm", "[]", 400, ""),
        new("a confirmation of what is confirmed", "POST /api/pledges/{pledge}/confirm", null, 409),
        new("a confirmation of no pledge", "POST /api/pledges/bad-partner.aaaaaaaaaaaaaaaa/confirm", null, 404),
        new("a confirmation of no allocation", "POST /api/allocations/sport~x~y/confirm", null, 404),
        new("a confirmation of an allocation of a slash", "POST /api/allocations/%2F~%2F~%2F~%2F/confirm", null, 404),
        new("a confirmation of a part that is confirmed", "POST /api/allocations/{part}/confirm", null, 409),
        new("a withdrawal with a reason", "POST /api/pledges/{pledge}/withdraw", """{"why":"regret"}""", 400, "/why"),
        new("a withdrawal that is no JSON", "POST /api/pledges/{pledge}/withdraw", "please", 400, ""),
        new("a withdrawal of no pledge", "POST /api/pledges/nobody/withdraw", null, 404),
        new("thanks for what has not come", "POST /api/allocations/{part}/acknowledge", null, 409),
        new("thanks for no allocation", "POST /api/allocations/nothing/acknowledge", null, 404),
        new("a pledge that is not there", "GET /api/pledges/bad-partner.aaaaaaaaaaaaaaaa", null, 404),
        new("a pledge of a very long id", "GET /api/pledges/" + new string('a', 3000), null, 404),
        new("a pledge of a backslash", "GET /api/pledges/%5C%3F%23.aaaaaaaaaaaaaaaa", null, 404),
    ];

    private static BadRequest Reversal(string name, string body, string pointer)
        => new(name, "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", body, 400, pointer);

    private static BadRequest Receipt(string name, string body, string pointer) => new(name, "POST /api/pledges/{pledge}/receipts", body, 400, pointer);
}
