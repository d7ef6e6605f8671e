using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Access;

/// <summary>Section <c>FundingFlow:Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "FundingFlow:Access";

    /// <summary>The first staff key; empty: none. It is never stored, and works until it is taken out of the configuration.</summary>
    [RegularExpression(".{24,}", ErrorMessage = "FundingFlow:Access:StaffKey must have at least 24 characters.")]
    public string? StaffKey { get; set; }
}
