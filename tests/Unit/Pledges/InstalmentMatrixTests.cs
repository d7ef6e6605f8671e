using CsCheck;
using FundingFlow.Money;
using FundingFlow.Pledges;

namespace FundingFlow.Tests.Unit.Pledges;

public sealed class InstalmentMatrixTests
{
    private static readonly Gen<long> Some = Gen.OneOf(Gen.Long[0, 4], Gen.Long[0, 1_000], Gen.Long[0, 10_000_000_000_000]);
    private static readonly Gen<(long[] Instalments, long[] Allocations)> Cases =
        Gen.Select(Some.Array[1, 12], Some.Array[1, 12]).Where((instalments, _) => instalments.Any(minor => minor > 0));

    [Fact]
    public void A_hundred_in_three_over_three_allocations_is_exact_by_row_and_by_column()
    {
        // 33.34, 33.33 and 33.33 fall due; the same sums are committed at three needs.
        var cells = InstalmentMatrix.Of([3334, 3333, 3333], [3334, 3333, 3333]);
        Assert.Equal([3334, 3333, 3333], cells.Select(row => row.Sum()));
        Assert.Equal([3334, 3333, 3333], Columns(cells));
        // 33.34 × 33.34 / 100 = 11.115…, 33.33 × 33.34 / 100 = 11.112…, 33.33 × 33.33 / 100 = 11.108…
        Assert.All(cells.SelectMany(row => row), cell => Assert.InRange(cell, 1110, 1112));
    }

    [Fact]
    public void Yen_have_no_smaller_unit_and_still_sum()
        => Assert.Equal([[17, 17], [17, 16], [16, 17]], InstalmentMatrix.Of([34, 33, 33], [50, 50]));

    [Fact]
    public void Thousandths_of_a_dinar_are_kept_apart()
        // KWD 1.000 in three: 0.334, 0.333, 0.333; KWD 0.400 of it at one need, 0.600 at another.
        => Assert.Equal([[134, 200], [133, 200], [133, 200]], InstalmentMatrix.Of([334, 333, 333], [400, 600]));

    [Fact]
    public void Of_half_a_pledge_half_of_each_instalment_is_owed_and_what_does_not_divide_the_earlier()
        => Assert.Equal([17, 17, 16], InstalmentMatrix.Rows([34, 33, 33], 50));

    [Fact]
    public void Without_a_commitment_nothing_is_owed()
        => Assert.Equal([[0, 0], [0, 0]], InstalmentMatrix.Of([60, 40], [0, 0]));

    [Fact]
    public void The_largest_pledges_do_not_overflow()
    {
        long[] most = [Amount.Largest, Amount.Largest, Amount.Largest - 1];
        var cells = InstalmentMatrix.Of(most, most);
        Assert.Equal(most, cells.Select(row => row.Sum()));
        Assert.Equal(most, Columns(cells));
    }

    [Fact]
    public void A_schedule_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => InstalmentMatrix.Rows([0, 0], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => InstalmentMatrix.Of([5, -1], [4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => InstalmentMatrix.Of([5], [4, -1]));
    }

    [Fact]
    public void Rows_and_columns_are_exact_and_every_cell_is_its_proportion_rounded_down_or_up()
        => Cases.Sample(given =>
        {
            var cells = InstalmentMatrix.Of(given.Instalments, given.Allocations);
            var total = given.Allocations.Sum();
            var rows = InstalmentMatrix.Rows(given.Instalments, total);
            Assert.Equal(rows, cells.Select(row => row.Sum()));
            Assert.Equal(given.Allocations, Columns(cells));
            for (var i = 0; i < rows.Length; i++)
                for (var j = 0; j < given.Allocations.Length; j++)
                {
                    var (floor, rest) = total == 0 ? (0, 0) : Int128.DivRem((Int128)rows[i] * given.Allocations[j], total);
                    Assert.InRange(cells[i][j], (long)floor, (long)floor + (rest > 0 ? 1 : 0));
                }
        }, iter: 5_000);

    [Fact]
    public void Rows_sum_to_what_is_committed_each_within_a_unit_of_its_proportion()
        => Gen.Select(Cases, Gen.Long[0, 10_000_000_000_000]).Sample((given, total) =>
        {
            var rows = InstalmentMatrix.Rows(given.Instalments, total);
            var pledged = given.Instalments.Aggregate((Int128)0, (sum, minor) => sum + minor);
            Assert.Equal(total, rows.Sum());
            for (var i = 0; i < rows.Length; i++)
                Assert.True(Int128.Abs((rows[i] * pledged) - ((Int128)total * given.Instalments[i])) < pledged);
        }, iter: 5_000);

    [Fact]
    public void What_is_owed_through_a_date_never_falls_when_more_is_committed()
        => Gen.Select(Cases, Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000]).Sample((given, one, other) =>
        {
            var less = InstalmentMatrix.Rows(given.Instalments, Math.Min(one, other));
            var more = InstalmentMatrix.Rows(given.Instalments, Math.Max(one, other));
            for (var i = 1; i <= less.Length; i++) Assert.True(less.Take(i).Sum() <= more.Take(i).Sum());
        }, iter: 5_000);

    [Fact]
    public void A_pledge_committed_whole_is_owed_as_it_was_scheduled()
        => Cases.Sample(given => Assert.Equal(given.Instalments, InstalmentMatrix.Rows(given.Instalments, given.Instalments.Sum())), iter: 1_000);

    private static IEnumerable<long> Columns(long[][] cells) => Enumerable.Range(0, cells[0].Length).Select(j => cells.Sum(row => row[j]));
}
