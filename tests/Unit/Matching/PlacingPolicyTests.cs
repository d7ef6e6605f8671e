using FundingFlow.Ledger;
using FundingFlow.Matching;
using FundingFlow.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Matching;

public class PlacingPolicyTests
{
    [Fact]
    public void An_area_changes_what_it_names_and_takes_the_rest_from_all()
    {
        var policy = Read(("FitTwinCity", "20"), ("SharePercent", "60"), ("Areas:youth:SharePercent", "25"), ("Areas:youth:WeightEssential", "3"));
        Assert.Equal((20, 25, 3, 80), (policy.In(Areas.Youth).FitTwinCity, policy.In(Areas.Youth).SharePercent, policy.In(Areas.Youth).WeightEssential, policy.In(Areas.Youth).EssentialPercent));
        Assert.Equal((20, 60, 2), (policy.In(Areas.Sport).FitTwinCity, policy.In(Areas.Sport).SharePercent, policy.In(Areas.Sport).WeightEssential));
    }

    [Fact]
    public void Without_settings_the_share_cap_is_off() => Assert.Null(Read().In(Areas.Youth).SharePercent);

    [Fact]
    public void Settings_that_hold_for_all_areas_are_read_too() => Assert.Equal(TimeSpan.FromDays(10), Read(("ToldFor", "10.00:00:00")).ToldFor);

    [Theory]
    [InlineData("Areas:youth:ToldFor", "10.00:00:00", "FundingFlow:Matching:Areas:youth:ToldFor")]
    [InlineData("Areas:music:SharePercent", "25", "FundingFlow:Matching:Areas:music")]
    [InlineData("SharePercent", "0", "FundingFlow:Matching:SharePercent")]
    [InlineData("SharePercent", "101", "FundingFlow:Matching:SharePercent")]
    [InlineData("Areas:youth:SharePercent", "101", "FundingFlow:Matching:Areas:youth:SharePercent")]
    [InlineData("Areas:youth:SharePercent", "many", "FundingFlow:Matching:Areas:youth:SharePercent")]
    [InlineData("Areas:youth:Sharepercentage", "25", "FundingFlow:Matching:Areas:youth:Sharepercentage")]
    [InlineData("Areas:youth:Areas", "25", "FundingFlow:Matching:Areas:youth:Areas")]
    [InlineData("WeightOfGold", "3", "FundingFlow:Matching:WeightOfGold")]
    [InlineData("FitInterest", "-1", "FundingFlow:Matching:FitInterest")]
    [InlineData("WeightRest", "3", "FundingFlow:Matching:WeightRest")]
    [InlineData("Areas:sport:WeightEssential", "5", "FundingFlow:Matching:Areas:sport:WeightEssential")]
    public void What_cannot_be_right_stops_the_start_and_is_named(string key, string value, string named)
    {
        var failure = Assert.ThrowsAny<Exception>(() => Read((key, value)));
        Assert.True(failure is OptionsValidationException or InvalidOperationException, failure.GetType().Name);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>As the hosts read and check it at their start.</summary>
    private static PlacingPolicy Read(params (string Key, string Value)[] settings)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"FundingFlow:Matching:{setting.Key}", (string?)setting.Value))).Build())
            .AddLedger().BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services.GetRequiredService<PlacingPolicy>();
    }
}
