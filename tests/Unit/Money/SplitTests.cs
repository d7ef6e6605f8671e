using CsCheck;
using FundingFlow.Money;

namespace FundingFlow.Tests.Unit.Money;

public class SplitTests
{
    [Fact]
    public void The_unit_left_over_goes_to_the_earliest_of_equal_fractions()
        => Assert.Equal([34, 33, 33], Split.LargestRemainder(100, [1, 1, 1]));

    [Fact]
    public void A_weight_of_zero_gets_nothing() => Assert.Equal([0, 7], Split.LargestRemainder(7, [0, 3]));

    [Fact]
    public void Weights_that_are_all_zero_are_refused() => Assert.Throws<ArgumentException>(() => Split.LargestRemainder(7, [0, 0]));

    [Fact]
    public void Parts_sum_to_the_whole_and_lie_within_one_unit_of_their_exact_share()
        => Gen.Select(Gen.Long[0, Amount.Largest], Gen.Long[0, 1_000_000_000].Array[1, 12]).Where((_, weights) => weights.Any(w => w > 0))
            .Sample((whole, weights) =>
            {
                var parts = Split.LargestRemainder(whole, weights);
                Assert.Equal(whole, parts.Sum());
                var sum = weights.Aggregate((Int128)0, (total, weight) => total + weight);
                for (var i = 0; i < parts.Length; i++)
                {
                    var floor = (long)((Int128)whole * weights[i] / sum);
                    Assert.InRange(parts[i], floor, floor + 1);
                }
            }, iter: 10_000);

    /// <summary>By hand, with 45 the smallest; the last is what is spare.</summary>
    [Theory]
    [InlineData(new long[] { 44, 60, 5 }, new long[] { 45, 60, 4 })]
    [InlineData(new long[] { 44, 60, 0 }, new long[] { 45, 59, 0 })]
    [InlineData(new long[] { 44, 45, 0 }, new long[] { 44, 45, 0 })]
    [InlineData(new long[] { 0, 60, 44 }, new long[] { 0, 60, 44 })]
    [InlineData(new long[] { 43, 44, 100, 2 }, new long[] { 45, 45, 99, 0 })]
    public void A_part_that_is_too_small_gets_what_it_lacks_where_that_can_be_spared(long[] parts, long[] expected)
    {
        Split.RaiseTo(45, parts);
        Assert.Equal(expected, parts);
    }
}
