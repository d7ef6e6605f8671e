namespace FundingFlow.Tests;

public class SmokeTests
{
    [Fact]
    public void Health_answers() => Assert.NotNull(new FundingFlow.Functions.Access.HealthFunction());
}
