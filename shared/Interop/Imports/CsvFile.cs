using CsvHelper;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>A CSV file with a header row. Rows are read anew at each enumeration, lazily, in order.</summary>
public sealed class CsvFile
{
    /// <summary>A longer record is refused: most often it is a quote that is never closed.</summary>
    public const int LargestRow = 64 * 1024;

    /// <summary>What may separate cells; which of them it is, is found out from the first lines.</summary>
    public static readonly IReadOnlyList<char> Delimiters = [',', ';', '\t', '|'];

    private const int MostColumns = 500;
    private readonly string text;

    private CsvFile(string text, char delimiter, ColumnNames columns) => (this.text, Delimiter, Columns) = (text, delimiter, columns);

    public char Delimiter { get; }
    public ColumnNames Columns { get; }

    /// <param name="text">The file's text; a first line <c>sep=;</c>, as Excel writes it, states the delimiter.</param>
    /// <param name="stated">The delimiter, where the mapping states it.</param>
    public static Outcome<CsvFile> Open(string text, char? stated = null)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = stated, HasHeader = false });
        var delimiter = reader.Separator;
        if (Records(text, delimiter).FirstOrDefault() is not { } header)
            return Refusal.Invalid("/file", "is empty; the first line must name the columns");
        if (header.IsTooLarge) return Refusal.Invalid("/file", "has a header row of over 64 KiB; is a quote never closed?");
        if (header.Cells.Count > MostColumns) return Refusal.Invalid("/file", $"has more than {MostColumns} columns");
        if (header.Cells.Any(cell => cell.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c))))
            return Refusal.Invalid("/file", "has control characters in its header row; save it as UTF-8");
        return new CsvFile(text, delimiter, ColumnNames.From(header.Cells));
    }

    public IEnumerable<SourceRow> Rows()
        => Records(text, Delimiter).Skip(1).Select((record, number) => new SourceRow(number, record.Line, record.Cells, ErrorOf(record)));

    /// <summary>All records with something in them, the header first.</summary>
    private static IEnumerable<Record> Records(string text, char delimiter)
    {
        var malformed = CsvMalformedReason.StrayQuote;
        var options = new CsvReaderOptions
        {
            Separator = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? null : delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = record => malformed = record.Reason,
        };
        using var reader = CsvReader.FromText(text, options);
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            // A quote inside an unquoted cell (6" pipe) is meant; the other breaches lose or move text.
            var error = malformed switch
            {
                CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quote; a quote inside a quoted cell must be doubled",
                CsvMalformedReason.UnterminatedQuote => "opens a quote that is never closed; everything below it was read as one cell",
                _ => null,
            };
            malformed = CsvMalformedReason.StrayQuote;
            if (!cells.All(string.IsNullOrWhiteSpace)) yield return new Record((int)reader.LineNumber, cells, reader.RawRecord.Length > LargestRow, error);
        }
    }

    private string? ErrorOf(Record record)
    {
        if (record.Error is { } error) return error;
        if (record.IsTooLarge) return "is over 64 KiB; is a quote not closed?";
        if (record.Cells.Count < Columns.Count) return $"has {record.Cells.Count} cells, but the header names {Columns.Count} columns";
        return record.Cells.Skip(Columns.Count).Any(cell => cell.Length > 0)
            ? $"has {record.Cells.Count} cells, but the header names {Columns.Count} columns; a cell with a '{Delimiter}' in it must be in quotes"
            : null;
    }

    private sealed record Record(int Line, IReadOnlyList<string> Cells, bool IsTooLarge, string? Error);
}
