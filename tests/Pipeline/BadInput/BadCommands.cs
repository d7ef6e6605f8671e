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
        new("a confirmation of what the pledge does not have", "POST /api/allocations/{part}x/confirm", null, 404),
        new("a confirmation of an allocation of a slash", "POST /api/allocations/%2F~%2F~%2F~%2F/confirm", null, 404),
        new("a confirmation of a part that is confirmed", "POST /api/allocations/{part}/confirm", null, 409),
        Amendment("an amendment that is a list", "[]", ""),
        Amendment("an amendment of the partner", """{"partnerId":"rome"}""", "/partnerId"),
        Amendment("an amendment of the currency", """{"resource":{"amount":"100.00","currency":"USD"}}""", "/resource/currency"),
        Amendment("an amendment to no resource", """{"resource":null}""", "/resource"),
        Amendment("an amendment to an empty resource", """{"resource":{}}""", "/resource/amount"),
        Amendment("an amendment to zero", """{"resource":{"amount":"0"}}""", "/resource/amount"),
        Amendment("an amendment to less than nothing", """{"resource":{"amount":"-1"}}""", "/resource/amount"),
        Amendment("an amendment to a tenth of a cent", """{"resource":{"amount":"100.001"}}""", "/resource/amount"),
        Amendment("an amendment to hours of money", """{"resource":{"hours":"100"}}""", "/resource/hours"),
        Amendment("an amendment to a JSON number", """{"resource":{"amount":100}}""", "/resource/amount"),
        Amendment("an amended schedule of less than the pledge", """{"schedule":[{"dueOn":"2190-01-01","amount":"1.00"}]}""", "/schedule"),
        Amendment("an amended schedule in the past", """{"schedule":[{"dueOn":"2020-01-01","amount":"100.00"}]}""", "/schedule/0/dueOn"),
        Amendment("an amended schedule in hours", """{"schedule":[{"dueOn":"2190-01-01","hours":"100"}]}""", "/schedule/0/hours"),
        Amendment("an amended schedule without amounts", """{"schedule":[{"dueOn":"2190-01-01"}]}""", "/schedule/0/amount"),
        Amendment("an amendment to a day in the past", """{"validUntil":"2020-01-01"}""", "/validUntil"),
        Amendment("an amendment to no visibility", """{"visibility":null}""", "/visibility"),
        Amendment("an amendment to an unknown visibility", """{"visibility":"secret"}""", "/visibility"),
        Amendment("an amendment with a line break in its reference", """{"reference":"a\nb"}""", "/reference"),
        new("an amendment to less than is committed", "PATCH /api/pledges/{pledge}", """{"resource":{"amount":"99.99"}}""", 409),
        new("an amendment of no pledge", "PATCH /api/pledges/bad-partner.aaaaaaaaaaaaaaaa", "{}", 404),
        WriteOff("a write-off without a reason", """{"amount":"1"}""", "/reason"),
        WriteOff("a write-off of zero", """{"amount":"0","reason":"gone"}""", "/amount"),
        WriteOff("a write-off of hours of money", """{"hours":"1","reason":"gone"}""", "/hours"),
        WriteOff("a write-off of two things", """{"amount":"1","hours":"1","reason":"gone"}""", "/hours"),
        WriteOff("a write-off of another pledge's allocation", """{"allocationId":"sport~bad-partner.aaaaaaaaaaaaaaaa~bad-project~coaches","reason":"gone"}""", "/allocationId"),
        new("a write-off of more than is committed", "POST /api/pledges/{pledge}/write-off", """{"amount":"100.01","reason":"gone"}""", 409),
        new("a write-off of no pledge", "POST /api/pledges/bad-partner.aaaaaaaaaaaaaaaa/write-off", """{"reason":"gone"}""", 404),
        Move("a move without a reason", """{"projectId":"bad-project","needId":"coaches"}""", "/reason"),
        Move("a move to an unknown project", """{"projectId":"bad-nothing","needId":"coaches","reason":"more urgent"}""", "/projectId"),
        Move("a move to an unknown need", """{"projectId":"bad-project","needId":"nothing","reason":"more urgent"}""", "/needId"),
        Move("a move to a need of a slash", """{"projectId":"bad-project","needId":"a/b","reason":"more urgent"}""", "/needId"),
        Move("a move with a line break in its reason", """{"projectId":"bad-project","needId":"coaches","reason":"more\nurgent"}""", "/reason"),
        new("a move of no allocation", "POST /api/allocations/sport~x~y/move", """{"projectId":"bad-project","needId":"coaches","reason":"more urgent"}""", 404),
        new("a declining that is a list", "POST /api/allocations/{part}/decline", "[]", 400, ""),
        new("a declining with an unknown member", "POST /api/allocations/{part}/decline", """{"why":"old"}""", 400, "/why"),
        new("a declining with an empty reason", "POST /api/allocations/{part}/decline", """{"reason":" "}""", 400, "/reason"),
        new("a declining of no allocation", "POST /api/allocations/sport~x~y/decline", null, 404),
        new("a withdrawal with a reason", "POST /api/pledges/{pledge}/withdraw", """{"why":"regret"}""", 400, "/why"),
        new("a withdrawal that is no JSON", "POST /api/pledges/{pledge}/withdraw", "please", 400, ""),
        new("a withdrawal of no pledge", "POST /api/pledges/nobody/withdraw", null, 404),
        new("thanks for what has not come", "POST /api/allocations/{part}/acknowledge", null, 409),
        new("thanks with words", "POST /api/allocations/{part}/acknowledge", """{"words":"many"}""", 400, "/words"),
        new("thanks that are no JSON", "POST /api/allocations/{part}/acknowledge", "thanks", 400, ""),
        new("thanks for an allocation to no project", "POST /api/allocations/sport~{pledge}~bad-nothing~coaches/acknowledge", null, 404),
        new("thanks for no allocation", "POST /api/allocations/nothing/acknowledge", null, 404),
        new("a pledge that is not there", "GET /api/pledges/bad-partner.aaaaaaaaaaaaaaaa", null, 404),
        new("a pledge of a very long id", "GET /api/pledges/" + new string('a', 3000), null, 404),
        new("a pledge of a backslash", "GET /api/pledges/%5C%3F%23.aaaaaaaaaaaaaaaa", null, 404),
    ];

    private static BadRequest Reversal(string name, string body, string pointer)
        => new(name, "POST /api/pledges/{pledge}/receipts/aaaaaaaaaaaaaaaa/reverse", body, 400, pointer);
    private static BadRequest Amendment(string name, string body, string pointer) => new(name, "PATCH /api/pledges/{pledge}", body, 400, pointer);

    private static BadRequest WriteOff(string name, string body, string pointer) => new(name, "POST /api/pledges/{pledge}/write-off", body, 400, pointer);

    private static BadRequest Move(string name, string body, string pointer) => new(name, "POST /api/allocations/{part}/move", body, 400, pointer);

    private static BadRequest Receipt(string name, string body, string pointer) => new(name, "POST /api/pledges/{pledge}/receipts", body, 400, pointer);
}
