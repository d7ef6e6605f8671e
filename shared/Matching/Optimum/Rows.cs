using System.Runtime.InteropServices;

namespace FundingFlow.Matching.Optimum;

/// <summary>Where a class of supplies may go: demands ascending, and the fit of each.</summary>
internal sealed class Row(int[] demands, int[] fits)
{
    public int[] Demands => demands;

    public int[] Fits => fits;

    public int Count => demands.Length;

    /// <returns>Null when nothing may go there.</returns>
    public int? FitOf(int demand)
    {
        var at = Array.BinarySearch(demands, demand);
        return at < 0 ? null : fits[at];
    }

    public Row Where(Func<int, bool> demand)
    {
        var kept = Enumerable.Range(0, Count).Where(i => demand(demands[i])).ToArray();
        return new Row(Array.ConvertAll(kept, i => demands[i]), Array.ConvertAll(kept, i => fits[i]));
    }

    public bool Same(Row other) => demands.AsSpan().SequenceEqual(other.Demands) && fits.AsSpan().SequenceEqual(other.Fits);

    public int Hash()
    {
        var hash = DemandsHash();
        foreach (var fit in fits) hash = unchecked((hash * 31) + fit);
        return hash;
    }

    public int DemandsHash()
    {
        var hash = demands.Length;
        foreach (var demand in demands) hash = unchecked((hash * 31) + demand);
        return hash;
    }

    public sealed class ByContent : IEqualityComparer<Row>
    {
        public bool Equals(Row? x, Row? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Same(y));

        public int GetHashCode(Row row) => row.Hash();
    }
}

/// <summary>Gathers the links into a row per class.</summary>
internal static class Rows
{
    /// <param name="classes">Only these are wanted, and only demands with room.</param>
    public static Row[] Of(Dictionary<string, int> classes, IReadOnlyList<Link> list, long[] room)
    {
        var links = list.Span();
        var counts = new int[classes.Count];
        var rowOf = new int[links.Length];
        string? last = null;
        var lastRow = -1;
        for (var i = 0; i < links.Length; i++)
        {
            var link = links[i];
            if (!ReferenceEquals(link.Class, last)) (last, lastRow) = (link.Class, classes.GetValueOrDefault(link.Class, -1));
            rowOf[i] = room[link.Demand] > 0 ? lastRow : -1;
            if (rowOf[i] >= 0) counts[rowOf[i]]++;
        }

        var demands = Array.ConvertAll(counts, count => new int[count]);
        var fits = Array.ConvertAll(counts, count => new int[count]);
        var filled = new int[counts.Length];
        for (var i = 0; i < rowOf.Length; i++)
        {
            if (rowOf[i] is not (>= 0 and var row)) continue;
            demands[row][filled[row]] = links[i].Demand;
            fits[row][filled[row]++] = links[i].Fit;
        }

        return [.. Enumerable.Range(0, counts.Length).Select(row => Ordered(demands[row], fits[row]))];
    }

    /// <summary>Ascending, a demand once, with its best fit.</summary>
    private static Row Ordered(int[] demands, int[] fits)
    {
        if (!IsAscending(demands)) Array.Sort(demands, fits);
        var count = 0;
        for (var i = 0; i < demands.Length; i++)
        {
            if (count > 0 && demands[count - 1] == demands[i])
            {
                fits[count - 1] = Math.Max(fits[count - 1], fits[i]);
                continue;
            }

            (demands[count], fits[count]) = (demands[i], fits[i]);
            count++;
        }

        return count == demands.Length ? new Row(demands, fits) : new Row(demands[..count], fits[..count]);
    }

    private static bool IsAscending(int[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] <= values[i - 1]) return false;
        }

        return true;
    }

    /// <summary>Tens of millions of links are read several times: without a call each.</summary>
    public static ReadOnlySpan<Link> Span(this IReadOnlyList<Link> links) => links switch
    {
        Link[] array => array,
        List<Link> list => CollectionsMarshal.AsSpan(list),
        _ => links.ToArray(),
    };
}
