using System.Text;
using FundingFlow.Interop;
using FundingFlow.Interop.Imports;

namespace FundingFlow.Tests.Unit.Interop.Imports;

public class CsvFileTests
{
    public static readonly TheoryData<string, string> Encodings = new()
    {
        { "utf-8", "Łódź" },
        { "utf-8 with its mark", "Łódź" },
        { "utf-16", "Łódź" },
        { "utf-16BE", "Łódź" },
        { "windows-1252", "København €" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Each_encoding_is_found_out(string encoding, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding from = encoding switch
        {
            "utf-8 with its mark" => new UTF8Encoding(true),
            "utf-8" => new UTF8Encoding(false),
            "utf-16" => Encoding.Unicode,
            "utf-16BE" => Encoding.BigEndianUnicode,
            _ => Encoding.GetEncoding(1252),
        };
        byte[] bytes = [.. from.GetPreamble(), .. from.GetBytes(text)];

        var decoded = DecodedText.From(bytes).Value;

        Assert.Equal(text, decoded.Text);
        Assert.StartsWith(decoded.Encoding, encoding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_refused_with_the_way_out()
        => Assert.Contains("save the sheet as CSV", DecodedText.From("PK\u0003\u0004rest"u8).Refusal!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_of_utf16_is_refused()
        => Assert.NotNull(DecodedText.From([0xFF, 0xFE, 0x41]).Refusal);

    [Theory]
    [InlineData("Name,City\nA,B\n", ',')]
    [InlineData("Name;City;Note\nA;B;1,5\nC;D;2,5\n", ';')]
    [InlineData("Name\tCity\nA\tB, C\nD\tE\n", '\t')]
    [InlineData("Name|City\r\nA|B\r\n", '|')]
    [InlineData("\"Name; full\",City\n\"A; B\",C\n", ',')]
    public void Each_delimiter_is_found_out(string text, char delimiter)
    {
        var file = CsvFile.Open(text).Value;
        Assert.Equal(delimiter, file.Delimiter);
        Assert.All(file.Rows(), row => Assert.Null(row.Error));
    }

    [Fact]
    public void A_single_column_is_fine() => Assert.Equal(["Name"], CsvFile.Open("Name\nA\nB\n").Value.Columns.All);

    [Fact]
    public void Excels_own_first_line_states_the_delimiter()
    {
        var file = CsvFile.Open("sep=;\r\nName;City, where\r\nA;B\r\n").Value;
        Assert.Equal(["Name", "City, where"], file.Columns.All);
        Assert.Equal(3, file.Rows().Single().Line);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        var rows = CsvFile.Open("Name,Note\nA,\"two\nlines\"\n\nB,x\n,\nC,\"a \"\"quoted\"\" word\"\n").Value.Rows().ToList();
        Assert.Equal([2, 5, 7], rows.Select(row => row.Line));
        Assert.Equal("two\nlines", rows[0].Cells[1]);
        Assert.Equal("a \"quoted\" word", rows[2].Cells[1]);
    }

    [Theory]
    [InlineData("A,B,C\n1,2\n", "has 2 cells")]
    [InlineData("A,B\n1,2,3\n", "must be in quotes")]
    [InlineData("A,B\n\"1\"x,2\n", "after a closing quote")]
    [InlineData("A,B\n\"1,2\n3,4\n", "never closed")]
    public void A_ragged_or_malformed_row_says_what_is_wrong(string text, string error)
    {
        var row = Assert.Single(CsvFile.Open(text, ',').Value.Rows());
        Assert.Contains(error, row.Error, StringComparison.Ordinal);
        Assert.Equal(2, row.Line);
    }

    [Theory]
    [InlineData("A,B\n1,2,,\n")]
    [InlineData("A,B\n6\" pipe,2\n")]
    public void Empty_cells_at_the_end_and_stray_quotes_are_let_pass(string text)
        => Assert.Null(Assert.Single(CsvFile.Open(text).Value.Rows()).Error);

    [Fact]
    public void A_row_over_64_KiB_is_refused_and_the_next_one_is_read()
    {
        var rows = CsvFile.Open($"A,B\n{new string('x', 70_000)},1\n2,3\n").Value.Rows().ToList();
        Assert.Contains("64 KiB", rows[0].Error, StringComparison.Ordinal);
        Assert.Null(rows[1].Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n ,,\n")]
    [InlineData("A\0,B\n")]
    public void A_file_without_a_usable_header_is_refused(string text) => Assert.NotNull(CsvFile.Open(text, ',').Refusal);

    [Fact]
    public void Columns_are_found_whatever_their_case_and_spacing_and_doubles_get_numbers()
    {
        var columns = CsvFile.Open("Name, name ,,Vote  Year\n").Value.Columns;
        Assert.Equal(["Name", "name (2)", "Column 3", "Vote Year"], columns.All);
        Assert.Equal(3, columns.Find(" vote year"));
        Assert.Null(columns.Find("votes"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public void What_a_spreadsheet_would_run_gets_an_apostrophe(string cell)
    {
        using var file = new MemoryStream();
        SafeCsv.Write(file, [["note"], [cell]]);
        var written = CsvFile.Open(DecodedText.From(file.ToArray()).Value.Text, ',').Value.Rows().Single().Cells[0];
        Assert.Equal("'" + cell, written);
    }

    [Fact]
    public void What_is_no_formula_comes_back_as_it_was()
    {
        string[] cells = ["a,b", "say \"hi\"", "two\nlines", "שלום", "🎉", "", " x "];
        using var file = new MemoryStream();
        SafeCsv.Write(file, [cells, cells]);
        Assert.Equal(cells, CsvFile.Open(DecodedText.From(file.ToArray()).Value.Text, ',').Value.Rows().Single().Cells);
    }
}
