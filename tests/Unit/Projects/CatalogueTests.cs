using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Projects;

using Unit = FundingFlow.Money.Unit;

public sealed class CatalogueTests
{
    [Theory]
    [InlineData("laptop", null, "laptop", "piece", 0, true)]
    [InlineData("Notebooks", "pieces", "laptop", "piece", 0, true)]
    [InlineData("COMPUTER", "pcs", "laptop", "piece", 0, true)]
    [InlineData("Desktop PC", null, "desktop-computer", "piece", 0, true)]
    [InlineData("footballs", null, "sports-ball", "piece", 0, true)]
    [InlineData("seeds", null, "seed", "kg", 3, true)]
    [InlineData("Seeds", "Kilograms", "seed", "kg", 3, true)]
    [InlineData("bikes", null, "bicycle", "piece", 0, true)]
    [InlineData("Irrigation pumps", null, "irrigation-pump", "piece", 0, true)]
    [InlineData("drinking water", "litres", "drinking-water", "l", 3, true)]
    [InlineData("laptop", "kg", "laptop", "kg", 3, false)]
    [InlineData("Flux capacitor", "crates", "flux-capacitor", "crates", 3, false)]
    [InlineData("Flux capacitor", null, "flux-capacitor", "piece", 0, false)]
    public void An_item_has_one_name_and_unit_whatever_people_call_it(string item, string? unit, string slug, string measure, int exponent, bool known)
        => Assert.Equal(new CatalogueItem(slug, measure, exponent, known), Catalogue.Item(item, unit));

    [Theory]
    [InlineData("Football coach", "football-coaching", true)]
    [InlineData("computer training", "software-training", true)]
    [InlineData("Lawyers", "legal-advice", true)]
    [InlineData("tightrope walking", "tightrope-walking", false)]
    public void A_skill_has_one_name_whatever_people_call_it(string skill, string slug, bool known)
        => Assert.Equal(new CatalogueSkill(slug, known), Catalogue.Skill(skill));

    [Fact]
    public void What_leaves_no_letter_of_a_slug_still_gets_a_stable_one()
    {
        var slug = Catalogue.Item("太鼓", null).Slug;
        Assert.True(Slug.IsValid(slug));
        Assert.Equal(slug, Catalogue.Item("太鼓", null).Slug);
        Assert.NotEqual(slug, Catalogue.Item("三味線", null).Slug);
    }

    [Fact]
    public void Everything_in_the_catalogue_has_a_name_in_each_language()
    {
        // Words that are the same; what had no name would be among them.
        Assert.Equal(["router", "server", "smartphone", "tablet"], NamedAsSlugs("it"));
        Assert.Equal(["architecture", "communication", "smartphone"], NamedAsSlugs("fr"));
        Assert.Equal(("IT support", "assistenza informatica", "assistance informatique"),
            (Catalogue.NameOf("it-support"), Catalogue.NameOf("it-support", "it"), Catalogue.NameOf("it-support", "fr")));
        Assert.Equal("tightrope walking", Catalogue.NameOf("tightrope-walking", "fr"));

        static IEnumerable<string> NamedAsSlugs(string language) => Catalogue.KnownItems.Concat(Catalogue.KnownSkills)
            .Where(slug => Catalogue.NameOf(slug, language) == slug.Replace('-', ' ')).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_name_of_the_catalogue_leads_back_to_itself()
    {
        Assert.All(Catalogue.KnownItems, item => Assert.Equal(item, Catalogue.Item(item, null).Slug));
        Assert.All(Catalogue.KnownSkills, skill => Assert.True(Catalogue.Knows(Unit.Hours(skill)) && Catalogue.Skill(skill).Slug == skill));
    }
}
