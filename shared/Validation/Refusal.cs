namespace FundingFlow.Validation;

/// <summary>Why a request is refused; the HTTP side turns each into its status.</summary>
public enum RefusalKind
{
    /// <summary>400: the content is wrong; <see cref="Refusal.Errors"/> names the members.</summary>
    Invalid,
    /// <summary>404</summary>
    NotFound,
    /// <summary>409: not in this state, or the same key with other content.</summary>
    Conflict,
    /// <summary>403: the key may not do this.</summary>
    Forbidden,
    /// <summary>401: no key, or none that we know.</summary>
    Unauthenticated,
    /// <summary>412: If-Match names another version.</summary>
    PreconditionFailed,
    /// <summary>413</summary>
    TooLarge,
    /// <summary>415</summary>
    UnsupportedMediaType,
    /// <summary>405: the address is known, and answers to other methods.</summary>
    MethodNotAllowed,
}

/// <summary>An expected "no": what is wrong and how to mend it. Errors are keyed by JSON pointer (RFC 6901).</summary>
public sealed record Refusal(RefusalKind Kind, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public static Refusal NotFound(string detail) => new(RefusalKind.NotFound, detail);
    public static Refusal Conflict(string detail) => new(RefusalKind.Conflict, detail);
    public static Refusal Forbidden(string detail) => new(RefusalKind.Forbidden, detail);

    /// <summary>The same of a document that is part of another one: pointers begin with <paramref name="pointer"/>.</summary>
    public Refusal Under(string pointer)
    {
        if (Errors is null) return this;
        var errors = Errors.ToDictionary(error => pointer + error.Key, error => error.Value);
        return this with { Errors = errors, Detail = $"{errors.First().Key} {errors.First().Value[0]}" };
    }

    /// <summary>The same of a request that calls the member <paramref name="pointer"/> points to <paramref name="other"/>.</summary>
    public Refusal Renamed(string pointer, string other) => Errors is null ? this : this with
    {
        Errors = Errors.ToDictionary(error => error.Key == pointer ? other : error.Key, error => error.Value),
        Detail = Detail.StartsWith(pointer + " ", StringComparison.Ordinal) ? other + Detail[pointer.Length..] : Detail,
    };

    public static Refusal Invalid(string pointer, string error)
        => new(RefusalKind.Invalid, $"{(pointer.Length == 0 ? "The request" : pointer)} {error}",
            new Dictionary<string, string[]> { [pointer] = [error] });
}

/// <summary>A value, or the refusal that took its place.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException(Refusal.Detail);

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Refusal is { } no ? no : next(Value);
}
