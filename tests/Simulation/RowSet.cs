using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>The rows of one table in (partition, key) order, ordinal as in Azure.</summary>
internal sealed class RowSet
{
    private readonly SortedSet<Row> rows = new(Comparer<Row>.Create(Compare));

    public Row? Find(string partition, string key) => rows.TryGetValue(At(partition, key), out var row) ? row : null;

    public void Add(Row row) => rows.Add(row);

    public void Remove(Row row) => rows.Remove(row);

    public IEnumerable<Row> From(string partition, string key, bool inclusive)
    {
        var start = At(partition, key);
        if (rows.Max is not { } last || Compare(start, last) > 0) return [];
        return rows.GetViewBetween(start, last).Where(row => inclusive || Compare(row, start) != 0);
    }

    private static Row At(string partition, string key) => new(partition, key, "");

    private static int Compare(Row? left, Row? right)
    {
        var byPartition = string.CompareOrdinal(left?.Partition, right?.Partition);
        return byPartition != 0 ? byPartition : string.CompareOrdinal(left?.Key, right?.Key);
    }
}
