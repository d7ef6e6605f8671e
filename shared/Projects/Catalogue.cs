namespace FundingFlow.Projects;
public static class Catalogue {
  public static (string Slug, string Unit, int Exponent, bool Known) Item(string item, string? unit) => (Validation.Slug.From(item), unit ?? "piece", 0, false);
  public static (string Slug, bool Known) Skill(string skill) => (Validation.Slug.From(skill), false);
}
