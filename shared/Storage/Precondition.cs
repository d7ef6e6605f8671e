using FundingFlow.Validation;

namespace FundingFlow.Storage;

/// <summary>What a caller demands of the stored state before a write: If-Match, If-None-Match: *.</summary>
/// <param name="IfMatch">ETags of which one must be the present one, or <c>*</c> for any; null demands nothing.</param>
/// <param name="IfNoneMatch">Nothing may be stored yet.</param>
public sealed record Precondition(IReadOnlyList<string>? IfMatch, bool IfNoneMatch)
{
    public static readonly Precondition None = new(null, false);

    /// <summary>Null when <paramref name="present"/> (null: nothing is stored) meets the demand.</summary>
    public Refusal? Check(string? present)
    {
        if (IfNoneMatch && present is not null)
            return new Refusal(RefusalKind.PreconditionFailed, "It exists already, and If-None-Match: * asked that it should not.");
        if (IfMatch is null || (present is not null && (IfMatch.Contains(present) || IfMatch.Contains("*")))) return null;
        return new Refusal(RefusalKind.PreconditionFailed, present is null
            ? "There is nothing here yet that If-Match could match."
            : "If-Match names another version: read it again, apply your change to what it is now, and send it with that ETag.");
    }
}
