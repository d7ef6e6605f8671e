using System.ComponentModel.DataAnnotations;

namespace FundingFlow;

/// <summary>Section <c>FundingFlow</c>: what holds for the Forum as a whole. Rooms have options of their own.</summary>
public sealed class FundingFlowOptions
{
    public const string Section = "FundingFlow";

    /// <summary>Shown in mails and on pages.</summary>
    [Required, MaxLength(100)] public string ForumName { get; set; } = "Forum of Cities";

    /// <summary>ISO 4217; the optimum and totals over currencies are in it.</summary>
    [Required, RegularExpression("[A-Z]{3}")] public string ReportingCurrency { get; set; } = "EUR";

    /// <summary>IANA; a day is a day there.</summary>
    [Required] public string TimeZone { get; set; } = "Europe/Rome";

    /// <summary>Where this deployment is reached, without a slash at the end; links in mails start with it.</summary>
    [Required, Url] public string PublicUrl { get; set; } = "http://127.0.0.1:7071";
}
