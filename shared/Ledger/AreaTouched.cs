using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>The outbox rows that this process wrote since they were last dispatched, by area: so that it need not look for them. Safe for concurrent use.</summary>
public sealed class AreaTouched
{
    private readonly Dictionary<string, List<Row>> rows = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <param name="row">As it is stored, with its ETag.</param>
    public void Note(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (gate)
        {
            if (!rows.TryGetValue(row.Partition, out var ofArea)) rows[row.Partition] = ofArea = [];
            ofArea.Add(row);
        }
    }

    /// <summary>All that were noted; they are forgotten here.</summary>
    public IReadOnlyList<(string Area, IReadOnlyList<Row> Rows)> Take()
    {
        lock (gate)
        {
            List<(string, IReadOnlyList<Row>)> taken = [.. rows.Select(area => (area.Key, (IReadOnlyList<Row>)area.Value))];
            rows.Clear();
            return taken;
        }
    }
}
