using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>A <see cref="Row"/> as an entity: its keys, and its body over as many columns as it needs.</summary>
internal static class StoredRow
{
    public static TableEntity From(Row row)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        var column = 0;
        for (var start = 0; start < row.Body.Length || column == 0; column++)
        {
            var length = LengthFrom(row.Body, start);
            entity[NameOf(column)] = row.Body.Substring(start, length);
            start += length;
        }

        return entity;
    }

    public static Row ToRow(TableEntity entity) => new(entity.PartitionKey, entity.RowKey, BodyOf(entity), entity.ETag.ToString());

    public static ETag TagOf(Row row) => row.ETag is null ? ETag.All : new ETag(row.ETag);

    private static string BodyOf(TableEntity entity)
    {
        var first = entity.GetString(NameOf(0)) ?? "";
        if (!entity.ContainsKey(NameOf(1))) return first;
        var body = new StringBuilder(first);
        for (var column = 1; column < StoreLimits.BodyColumns && entity.TryGetValue(NameOf(column), out var part); column++)
            body.Append((string)part);
        return body.ToString();
    }

    /// <summary>A full column, one character less where a surrogate pair would be cut.</summary>
    private static int LengthFrom(string body, int start)
    {
        var rest = body.Length - start;
        if (rest <= StoreLimits.ColumnCharacters) return rest;
        return char.IsHighSurrogate(body[start + StoreLimits.ColumnCharacters - 1]) ? StoreLimits.ColumnCharacters - 1 : StoreLimits.ColumnCharacters;
    }

    private static string NameOf(int column) => column == 0 ? "Body" : "Body" + column.ToString(CultureInfo.InvariantCulture);
}
