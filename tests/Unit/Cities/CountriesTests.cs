using System.Globalization;
using FundingFlow.Cities;

namespace FundingFlow.Tests.Unit.Cities;

public sealed class CountriesTests
{
    [Fact]
    public void The_table_has_the_249_countries_of_the_standard_and_the_codes_that_the_platform_knows()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.Equal(249, Countries.All.Select(country => country.Alpha3).Distinct().Count());
        // The platform knows no region for Western Sahara.
        foreach (var country in Countries.All.Where(country => country.Alpha2 != "EH"))
            Assert.Equal(country.Alpha3, new RegionInfo(country.Alpha2).ThreeLetterISORegionName);
    }

    [Theory]
    [InlineData("IT", "IT")]
    [InlineData("ita", "IT")]
    [InlineData("italy", "IT")]
    [InlineData("COTE D’IVOIRE", "CI")]
    [InlineData("Turkey", "TR")]
    [InlineData("Türkiye", "TR")]
    [InlineData("Palestine", "PS")]
    [InlineData("United Kingdom", "GB")]
    [InlineData("Atlantis", null)]
    [InlineData("", null)]
    public void A_country_is_found_by_code_or_name(string text, string? alpha2) => Assert.Equal(alpha2, Countries.Find(text)?.Alpha2);

    [Theory]
    [InlineData("RW", true)]
    [InlineData("PS", true)]
    [InlineData("TR", true)]
    [InlineData("IT", false)]
    [InlineData("IL", false)]
    [InlineData("CL", false)]
    public void The_south_is_the_list_of_recipients(string alpha2, bool recipient) => Assert.Equal(recipient, Countries.Find(alpha2)!.IsRecipient);
}
