using Spectre.Console;

namespace FundingFlow.Local.Commands;

/// <summary>What the program says: coloured for a person, plain and unbroken lines for a file or a pipe.</summary>
public sealed class Terminal(IAnsiConsole console, TextWriter errors)
{
    private const int Unbroken = 10_000;

    public static Terminal Standard()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = Unbroken;
        return new Terminal(AnsiConsole.Console, Console.Error);
    }

    public void Say(string line) => console.WriteLine(line);

    /// <summary>Names and values in two columns, under a title.</summary>
    public void Table(string title, IEnumerable<(string Name, string Value)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().NoWrap().Padding(0, 0, 0, 0));
        foreach (var (name, value) in rows)
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        console.WriteLine();
        console.Write(new Text(title + Environment.NewLine, new Style(Color.Green, decoration: Decoration.Bold)));
        console.Write(grid);
        console.WriteLine();
    }

    public void Fail(string line) => errors.WriteLine(line);
}
