namespace FundingFlow.Ledger;

/// <summary>Codes of the reasons that are kept with a part. Mails have a sentence for each, in every language.</summary>
public static class ReasonCode
{
    public const string EarmarkProject = "earmark-project";
    public const string EarmarkCity = "earmark-city";
    public const string EarmarkCountry = "earmark-country";
    public const string Area = "area";
    public const string TwinCity = "twin-city";
    public const string PeaceConflict = "peace-conflict";
    public const string SameCity = "same-city";
    public const string SameCountry = "same-country";
    public const string Interest = "interest";
    public const string LackingSector = "lacking-sector";
    public const string Urgent = "urgent";
    public const string Unstated = "unstated";
    public const string Overfills = "overfills";
    public const string Completes = "completes";
    public const string ReachesMinimum = "reaches-minimum";
    public const string Adds = "adds";
    public const string ShareCap = "share-cap";
    public const string Next = "next";
    public const string OnlyNeed = "only-need";
    public const string Rebalanced = "rebalanced";
    public const string Moved = "moved";
}

/// <summary>What decided between a need and the next in line: <c>decided</c> of <see cref="ReasonCode.Next"/>.</summary>
public static class NextDecided
{
    public const string Need = "need";
    public const string Fit = "fit";
    public const string Begun = "begun";
    public const string Order = "order";
    public const string Excluded = Standing.Excluded;
    public const string Dates = Standing.Dates;
    public const string ShareCap = Standing.ShareCap;
    public const string SmallestPart = Standing.SmallestPart;
}

/// <summary>What decided a rebalance's move from one need to another: <c>decided</c> of <see cref="ReasonCode.Rebalanced"/>.</summary>
public static class MoveDecided
{
    public const string Need = "need";
    public const string Fit = "fit";

    /// <summary>A pledge that could serve nothing as well elsewhere comes in its place.</summary>
    public const string Room = "room";

    /// <summary>All pledges taken together.</summary>
    public const string Together = "together";
}
