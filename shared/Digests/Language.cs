using System.Globalization;
using FundingFlow.Digests.Languages;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Projects;

namespace FundingFlow.Digests;

/// <summary>
/// How a contact reads: words of the mails' frame, numbers and dates. What only one block says stands in that block, in
/// all languages side by side (<see cref="Pick"/>); a language more and the compiler names every place that lacks it.
/// </summary>
public abstract class Language(string tag, CultureInfo culture)
{
    /// <summary>BCP 47, for the <c>lang</c> attribute.</summary>
    public string Tag { get; } = tag;

    public CultureInfo Culture { get; } = culture;

    public static readonly Language English = new English();
    private static readonly Language[] All = [English, new Italian(), new French()];

    /// <summary>By the primary part of the tag (<c>it-CH</c> reads Italian); English where we do not write the language.</summary>
    public static Language Of(string bcp47)
        => All.FirstOrDefault(language => language.Tag.Equals(bcp47.Split('-', '_')[0], StringComparison.OrdinalIgnoreCase)) ?? English;

    public abstract T Pick<T>(T english, T italian, T french);

    /// <summary>A day as when something was, or is due: "on 12 November 2026".</summary>
    public abstract string On(DateOnly day);
    public abstract string Percent(long whole);
    public abstract string Hours(string hours, string skill);
    public abstract string Goods(string count, string measure, string item);
    public abstract string DigestTitle(string period);
    public abstract string Hello(string name);
    public abstract string DigestOpening(string partner, string period);
    public abstract string DigestFooter(string partner, string forum);
    public abstract string Unsubscribe { get; }
    public abstract string More(int count);

    /// <summary>Why something went where it did.</summary>
    public abstract ReasonWords Reasons { get; }

    public string Number(long whole) => whole.ToString("N0", Culture);

    public virtual string Date(DateOnly day) => day.ToString("d MMMM yyyy", Culture);

    public string Area(string slug) => slug switch
    {
        Areas.CityDiplomacy => Pick("City diplomacy", "Diplomazia delle città", "Diplomatie des villes"),
        Areas.Culture => Pick("Culture", "Cultura", "Culture"),
        Areas.Youth => Pick("Youth", "Giovani", "Jeunesse"),
        Areas.SocioEconomic => Pick("Socio-economic", "Socioeconomico", "Socio-économique"),
        Areas.Ict => Pick("IC Technologies", "Tecnologie ICT", "Technologies de l’information"),
        Areas.Sport => "Sport",
        Areas.Tourism => Pick("Tourism", "Turismo", "Tourisme"),
        _ => Areas.NameOf(slug),
    };

    public string Period(DigestPeriod period)
    {
        var last = period.To.AddDays(-1);
        return period.Frequency switch
        {
            DigestFrequency.Weekly when period.From.Month == last.Month => $"{period.From.Day}–{Date(last)}",
            DigestFrequency.Weekly => $"{period.From.ToString("d MMMM", Culture)} – {Date(last)}",
            DigestFrequency.Monthly => period.From.ToString("MMMM yyyy", Culture),
            _ => $"{period.From.ToString("MMMM", Culture)}–{last.ToString("MMMM yyyy", Culture)}",
        };
    }

    /// <summary>"EUR 1,250.50", "40 hours of coaching", "10 × laptop"; decimals only where there are some.</summary>
    public string Amount(long minor, Unit unit)
    {
        var number = Number(minor, unit.Exponent);
        var name = NameOf(unit);
        return unit.Kind switch
        {
            ResourceKind.Money => $"{unit.Code}\u00a0{number}",
            ResourceKind.Time => Hours(number, name),
            _ => Goods(number, unit.Measure, name),
        };
    }

    /// <summary>Of an item or a skill: "school desk"; of money its code.</summary>
    public string NameOf(Unit unit) => unit.IsMoney ? unit.Code : Catalogue.NameOf(unit.Code, Tag);

    /// <summary>The number alone, without its unit.</summary>
    public string Count(long minor, Unit unit) => Number(minor, unit.Exponent);

    private string Number(long minor, int exponent)
    {
        var value = new decimal(minor) / Ten(exponent);
        return value.ToString(value == decimal.Truncate(value) ? "N0" : $"N{exponent}", Culture);
    }

    private static decimal Ten(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10m;
        return power;
    }

    /// <summary>The culture with a group separator that every mail program shows; ICU's differs between releases.</summary>
    protected static CultureInfo CultureOf(string name, string groups)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat.NumberGroupSeparator = groups;
        return culture;
    }
}
