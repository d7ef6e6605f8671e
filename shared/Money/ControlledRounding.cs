namespace FundingFlow.Money;

/// <summary>
/// Rounds a matrix of fractions so that every row and column keeps its sum, which is a multiple of <paramref name="whole"/>. A row or
/// column with one fraction in it then has another, so from any fraction a walk along rows and columns closes a cycle; moving the
/// same amount around it, up at every second cell and down at the others, keeps all sums and ends at least one fraction.
/// </summary>
/// <param name="whole">What counts as one; each remainder is from 0 to it.</param>
internal sealed class ControlledRounding(long whole, int rows, int columns)
{
    /// <summary>By row and column; afterwards each is 0 or <c>whole</c>.</summary>
    public Int128[][] Remainders { get; } = [.. Enumerable.Range(0, rows).Select(_ => new Int128[columns])];

    public void Run()
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                while (IsFraction(i, j)) Move(Cycle(i, j));
    }

    /// <summary>The cells of a cycle in order: each shares its row with the next, that one its column with the one after it.</summary>
    private List<(int Row, int Column)> Cycle(int row, int column)
    {
        // Every second cell was reached along its column and is left along its row. By row and column: where the walk came in.
        var walk = new List<(int Row, int Column)>();
        var (inRow, inColumn) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        while (!inRow.ContainsKey(row))
        {
            (inRow[row], inColumn[column]) = (walk.Count, walk.Count);
            walk.Add((row, column));
            column = OtherInRow(row, column);
            walk.Add((row, column));
            if (inColumn.TryGetValue(column, out var start)) return walk[start..];
            row = OtherInColumn(row, column);
        }

        // It came back to a row in a column that is new: it closes there, and not where it first came in.
        walk[inRow[row]] = (row, column);
        return walk[inRow[row]..];
    }

    /// <summary>Moves the least that ends a fraction; of equal amounts, so that the first cell is rounded up.</summary>
    private void Move(List<(int Row, int Column)> cycle)
    {
        Int128 up = whole, down = whole;
        for (var k = 0; k < cycle.Count; k++)
        {
            var (above, below) = (whole - At(cycle[k]), At(cycle[k]));
            up = Int128.Min(up, k % 2 == 0 ? above : below);
            down = Int128.Min(down, k % 2 == 0 ? below : above);
        }

        var moved = up <= down ? up : -down;
        for (var k = 0; k < cycle.Count; k++) At(cycle[k]) += k % 2 == 0 ? moved : -moved;
    }

    private int OtherInRow(int row, int column)
    {
        for (var j = 0; j < columns; j++)
            if (j != column && IsFraction(row, j)) return j;
        throw new InvalidOperationException("A row does not sum to a multiple of the whole.");
    }

    private int OtherInColumn(int row, int column)
    {
        for (var i = 0; i < rows; i++)
            if (i != row && IsFraction(i, column)) return i;
        throw new InvalidOperationException("A column does not sum to a multiple of the whole.");
    }

    private bool IsFraction(int row, int column) => Remainders[row][column] > 0 && Remainders[row][column] < whole;

    private ref Int128 At((int Row, int Column) cell) => ref Remainders[cell.Row][cell.Column];
}
