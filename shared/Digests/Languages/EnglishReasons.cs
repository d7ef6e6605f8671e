using FundingFlow.Partners;

namespace FundingFlow.Digests.Languages;

/// <remarks>The sentences that the reasons themselves have in the API, with amounts as a contact reads them.</remarks>
internal sealed class EnglishReasons(Language language) : ReasonWords
{
    public override string EarmarkProject(string title) => $"You chose the project {title}.";
    public override string EarmarkCity => "It is in a city that you chose.";
    public override string EarmarkCountry => "It is in a country that you chose.";
    public override string Area(string area) => $"It is a need in {area}.";

    public override string TwinCity(string home) => $"{home} and the city of this need are twin cities.";
    public override string PeaceConflict(string home) => $"{home} lives in peace; the city of this need lives in conflict.";
    public override string SameCity(string home) => $"The need is in {home}.";
    public override string SameCountry => "The need is in your country.";
    public override string Interest(string area) => $"You named {area} as an interest.";
    public override string LackingSector(string area, Sector sector)
        => $"The project had no support yet in {area} from the {sector switch { Sector.Public => "public", Sector.Private => "private", _ => "nonprofit" }} sector.";
    public override string Urgent(long days) => $"The project's money lasts less than {days} days.";

    public override string Unstated => "The project states no requirement for this need; your choice of the project brings it here.";
    public override string AlreadyMet => "The need was already met; your choice of this project adds to it.";
    public override string Overfills(string amount) => $"It completes the need of {amount} and goes beyond it, because you chose this project.";
    public override string Completes(string amount) => $"It completes the need of {amount}.";
    public override string ReachesMinimum(string amount) => $"It brings the need to the {amount} with which the work can start.";
    public override string Adds(long fromPercent, long toPercent, string amount)
        => $"It brings the need from {language.Percent(fromPercent)} to {language.Percent(toPercent)} of {amount}.";
    public override string ShareCap(long percent, string area)
        => $"More of yours would have gone here, but one partner fills at most {language.Percent(percent)} of a project in {area}.";

    public override string Next(string title, string decided) => $"Next in line was {title}; what decided: {decided}.";
    public override string NextInside(string decided) => $"Next in line was another need of this project; what decided: {decided}.";
    public override string ByNeed => "the need here was more pressing";
    public override string ByFit => "you and this project have closer links";
    public override string ByFitInside => "you have closer links with this need";
    public override string ByBegun => "of two equal needs, the one already begun is finished first";
    public override string ByOrder => "the two needs are equal, and one had to come first";
    public override string ByExcluded => "you do not give there";
    public override string ByDates => "it has ended, or does not run while you give your time";
    public override string ByShareCap => "you fill as much of it as one partner may";
    public override string BySmallestPart(string amount) => $"less would have gone there than the {amount} that you want a part to have at least";

    public override string OnlyNeed(string what) => $"No other open need asks for {what} here.";
    public override string Money => "money";
    public override string Hours(string skill) => $"hours of {skill}";

    public override string Rebalanced(string from, string to, string on, string decided) => $"Moved from {from} to {to} {on} because {decided}.";
    public override string MovedByNeed => "what it does there is more pressing";
    public override string MovedByFit => "you and that project have closer links";
    public override string MovedForRoom
        => "a pledge that could serve nothing as well elsewhere takes its place, so that together more of what matters is met";
    public override string MovedTogether => "the needs are met better so, all pledges taken together";
    public override string Moved(string reason) => $"Staff moved it here: {reason}";

    public override string StandsForNoRate(string currency) => $"No exchange rate is known for {currency}.";
    public override string StandsExpired => "Its last day has passed.";
    public override string StandsExcluded => "There is room, but only where you do not give.";
    public override string StandsForDates => "There is room, but only in projects that have ended or do not run while the time is given.";
    public override string StandsForShareCap => "There is room, but only in projects of which you fill as much as one partner may.";
    public override string StandsForSmallestPart(string amount) => $"There is room, but not for a part of {amount}, the smallest that you allow.";
    public override string StandsHeld => "It waits for staff to release it.";
    public override string StandsAboveOwed => "It was received above what was owed.";
}
