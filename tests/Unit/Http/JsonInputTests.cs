using System.Text;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Http;

public class JsonInputTests
{
    [Fact]
    public void A_byte_order_mark_before_the_text_is_passed_over()
        => Assert.Equal("Rome", JsonInput.Parse<string>(Encoding.UTF8.GetBytes("\uFEFF{\"name\":\"Rome\"}"), input => input.Text("name")).Value);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("\uFEFF")]
    public void Nothing_is_called_empty_rather_than_malformed(string body)
        => Assert.Equal("The request is empty: send a JSON object", Parse(body, input => input.Text("name")).Refusal!.Detail);

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("\"-41.8933\"", -41.8933)]
    [InlineData("\".25\"", 0.25)]
    public void A_number_is_a_decimal_as_number_or_text(string written, double value)
        => Assert.Equal((decimal)value, JsonInput.Parse<object>(Encoding.UTF8.GetBytes($"{{\"n\":{written}}}"), input => input.Number("n", -90, 90)).Value);

    [Theory]
    [InlineData("\"+5\"")]
    [InlineData("\"5.\"")]
    [InlineData("\"1e1\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\" 5\"")]
    public void A_number_that_the_contract_does_not_know_is_refused(string written)
        => Assert.Contains("/n", JsonInput.Parse<object>(Encoding.UTF8.GetBytes($"{{\"n\":{written}}}"), input => input.Number("n", -90, 90)).Refusal!.Errors!.Keys);

    [Theory]
    [InlineData("Rome\u202Eemor")]
    [InlineData("\u2067Rome")]
    [InlineData("Rome\u2028Paris")]
    [InlineData("Rome\nParis")]
    public void A_name_that_would_turn_or_break_the_line_around_it_is_refused(string name)
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(name);
        Assert.Contains("/name", Parse($"{{\"name\":{quoted}}}", input => input.Text("name")).Refusal!.Errors!.Keys);
        Assert.Contains("/names/0", JsonInput.Parse<object>(Encoding.UTF8.GetBytes($"{{\"names\":[{quoted}]}}"), input => input.Texts("names")).Refusal!.Errors!.Keys);
    }

    [Theory]
    [InlineData("בלדיה \u200Fנאבלוס")]
    [InlineData("Kigali 🧑🏿\u200D🌾")]
    public void Marks_of_direction_and_joiners_belong_to_a_name(string name)
        => Assert.Equal(name, Parse($"{{\"name\":{System.Text.Json.JsonSerializer.Serialize(name)}}}", input => input.Text("name")).Value);

    private static Outcome<string> Parse(string body, Func<JsonInput, string?> read) => JsonInput.Parse(Encoding.UTF8.GetBytes(body), read);
}
