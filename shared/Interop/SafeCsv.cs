using CsvHelper;

namespace FundingFlow.Interop;

/// <summary>
/// Writes CSV that a spreadsheet shows and never runs: a cell that starts like a formula gets a leading apostrophe.
/// Starts with a byte order mark, so that spreadsheet programs read it as UTF-8.
/// </summary>
public static class SafeCsv
{
    private static readonly CsvWriterOptions Options = new()
    {
        Injection = CsvInjection.Escape,
        ValidateFieldCount = false,
        WriteByteOrderMark = true,
    };

    public static void Write(Stream to, IEnumerable<IEnumerable<string>> lines)
    {
        using var writer = CsvWriter.Create(to, Options, leaveOpen: true);
        foreach (var line in lines)
        {
            foreach (var cell in line) writer.WriteField(cell);
            writer.EndRecord();
        }
    }
}
