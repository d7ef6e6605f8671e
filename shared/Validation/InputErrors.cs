namespace FundingFlow.Validation;

/// <summary>The errors met while one request is read, by JSON pointer.</summary>
public sealed class InputErrors
{
    private readonly Dictionary<string, List<string>> byPointer = new(StringComparer.Ordinal);

    public bool Any => byPointer.Count > 0;

    public void Add(string pointer, string error)
    {
        if (!byPointer.TryGetValue(pointer, out var list)) byPointer[pointer] = list = [];
        list.Add(error);
    }

    public Refusal ToRefusal()
    {
        var first = byPointer.First();
        var more = byPointer.Count > 1 ? $" ({byPointer.Count - 1} more, see errors)" : "";
        return new Refusal(RefusalKind.Invalid, $"{(first.Key.Length == 0 ? "The request" : first.Key)} {first.Value[0]}{more}",
            byPointer.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }
}
