namespace FundingFlow.Storage;

/// <summary>Cuts a list where a transaction would become too large.</summary>
public static class Chunks
{
    /// <summary>In order; each has at most <paramref name="most"/> items of together at most <paramref name="mostSize"/>, or one that alone is larger.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, int most, Func<T, long> sizeOf, long mostSize)
    {
        var (chunk, size) = (new List<T>(), 0L);
        foreach (var item in items)
        {
            var more = sizeOf(item);
            if (chunk.Count == most || (chunk.Count > 0 && size + more > mostSize))
            {
                yield return chunk;
                (chunk, size) = ([], 0);
            }

            chunk.Add(item);
            size += more;
        }

        if (chunk.Count > 0) yield return chunk;
    }
}
