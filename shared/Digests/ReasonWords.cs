using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>
/// Why something of a pledge went where it did, or stands, as one language says it. Titles, areas, amounts and dates come as the contact
/// reads them; each member is a whole sentence but where it says otherwise.
/// </summary>
public abstract class ReasonWords
{
    public abstract string EarmarkProject(string title);
    public abstract string EarmarkCity { get; }
    public abstract string EarmarkCountry { get; }
    public abstract string Area(string area);

    public abstract string TwinCity(string home);
    public abstract string PeaceConflict(string home);
    public abstract string SameCity(string home);
    public abstract string SameCountry { get; }
    public abstract string Interest(string area);
    public abstract string LackingSector(string area, Sector sector);
    public abstract string Urgent(long days);

    public abstract string Unstated { get; }
    public abstract string AlreadyMet { get; }
    public abstract string Overfills(string amount);
    public abstract string Completes(string amount);
    public abstract string ReachesMinimum(string amount);
    public abstract string Adds(long fromPercent, long toPercent, string amount);
    public abstract string ShareCap(long percent, string area);

    /// <param name="decided">The end of the sentence.</param>
    public abstract string Next(string title, string decided);
    public abstract string NextInside(string decided);

    /// <summary>The end of <see cref="Next"/>, as the others that begin so.</summary>
    public abstract string ByNeed { get; }
    public abstract string ByFit { get; }
    public abstract string ByFitInside { get; }
    public abstract string ByBegun { get; }
    public abstract string ByOrder { get; }
    public abstract string ByExcluded { get; }
    public abstract string ByDates { get; }
    public abstract string ByShareCap { get; }
    public abstract string BySmallestPart(string amount);

    /// <param name="what">As <see cref="Money"/> and its neighbours say it.</param>
    public abstract string OnlyNeed(string what);

    /// <summary>What is asked for, within a sentence.</summary>
    public abstract string Money { get; }
    public abstract string Hours(string skill);

    /// <param name="decided">The end of the sentence.</param>
    public abstract string Rebalanced(string from, string to, string on, string decided);

    /// <summary>The end of <see cref="Rebalanced"/>, as the others that begin so.</summary>
    public abstract string MovedByNeed { get; }
    public abstract string MovedByFit { get; }
    public abstract string MovedForRoom { get; }
    public abstract string MovedTogether { get; }

    /// <param name="reason">As staff wrote it.</param>
    public abstract string Moved(string reason);

    public abstract string StandsForNoRate(string currency);
    public abstract string StandsExpired { get; }
    public abstract string StandsExcluded { get; }
    public abstract string StandsForDates { get; }
    public abstract string StandsForShareCap { get; }
    public abstract string StandsForSmallestPart(string amount);
    public abstract string StandsHeld { get; }
    public abstract string StandsAboveOwed { get; }
}
