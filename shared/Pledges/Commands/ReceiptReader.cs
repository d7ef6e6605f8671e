using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>Reads the body of a receipt; which of amount, quantity and hours fits is known once the pledge is.</summary>
public static class ReceiptReader
{
    private static readonly string[] Members = ["amount", "quantity", "hours"];

    public static ReceiptRequest? Read(JsonInput input)
    {
        var allocation = input.Text("allocationId", 300);
        var on = input.Date("on");
        var given = Members.Where(input.Has).ToList();
        var text = given is [var only] ? Text(input, only) : null;
        if (given.Count != 1) input.Error(given.Count == 0 ? "amount" : given[1], "exactly one of amount, quantity and hours is required");
        foreach (var name in given.Skip(1)) input.Element(name);
        return text is null ? null : new ReceiptRequest(allocation, given[0], text, on);
    }

    private static string? Text(JsonInput input, string name)
    {
        var element = input.Element(name)!.Value;
        if (element.ValueKind == System.Text.Json.JsonValueKind.String) return element.GetString();
        if (element.ValueKind == System.Text.Json.JsonValueKind.Number && name != "amount") return element.GetRawText();
        input.Error(name, "must be a decimal string such as \"1250.00\"");
        return null;
    }
}
