using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Digests;

/// <summary>Section <c>FundingFlow:Digests</c>.</summary>
public sealed class DigestOptions
{
    public const string Section = "FundingFlow:Digests";

    /// <summary>Signs links in mails: 32 characters at least. Empty: a key is derived from the staff key, so changing that ends the links.</summary>
    [RegularExpression(".{32,}", ErrorMessage = "FundingFlow:Digests:SigningKey must have at least 32 characters.")]
    public string? SigningKey { get; set; }

    /// <summary>Days after the end of its period in which a digest that was missed is still sent.</summary>
    [Range(1, 6)] public int CatchUpDays { get; set; } = 3;

    /// <summary>Days after the end of its period in which the links of a digest work.</summary>
    [Range(30, 3650)] public int LinkDays { get; set; } = 400;

    /// <summary>How many days ahead an instalment is announced.</summary>
    [Range(1, 366)] public int DueAheadDays { get; set; } = 31;

    /// <summary>Where a partner writes to pledge; answers to a digest go there too. Empty: to the sender.</summary>
    [EmailAddress] public string? ReplyTo { get; set; }
}
