using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Sustainability;

/// <summary>Section <c>FundingFlow:Sustainability</c>. Each alert rule has options of its own, beside it.</summary>
public sealed class SustainabilityOptions
{
    public const string Section = "FundingFlow:Sustainability";

    /// <summary>Where critical alerts go at once and the others once a day; empty: nothing is mailed.</summary>
    [EmailAddress] public string? StaffEmail { get; set; }
}

/// <summary>Marks a rule's options, which are bound to <c>FundingFlow:Sustainability:{Section}</c> and validated at start.</summary>
public interface IAlertOptions
{
    static abstract string Section { get; }
}
