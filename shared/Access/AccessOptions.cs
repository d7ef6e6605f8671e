using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Access;

/// <summary>Section <c>FundingFlow:Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "FundingFlow:Access";

    /// <summary>The first staff key; empty: none. It is never stored, and works until it is taken out of the configuration.</summary>
    [RegularExpression("(?!@Microsoft\\.KeyVault).{24,}", ErrorMessage = "FundingFlow:Access:StaffKey must have at least 24 characters, and must not be a vault reference that was not resolved.")]
    public string? StaffKey { get; set; }
}
