using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

public abstract partial class TablesContract
{
    public static TheoryData<string, RowChange[]> Defects => new()
    {
        { "1 to 100 changes", [] },
        { "1 to 100 changes", [.. Enumerable.Range(0, 101).Select(i => RowChange.Add(new Row("rome", $"{i}", "")))] },
        { "twice in one commit", [RowChange.Add(new Row("rome", "a", "")), RowChange.Delete(new Row("rome", "a", ""))] },
        { "stays in one partition", [RowChange.Add(new Row("rome", "a", "")), RowChange.Add(new Row("kigali", "a", ""))] },
        { "has one of", [RowChange.Add(new Row("rome", "a/b", ""))] },
        { "has one of", [RowChange.Add(new Row("rome", "a\\b", ""))] },
        { "has one of", [RowChange.Add(new Row("ro#me", "a", ""))] },
        { "has one of", [RowChange.Add(new Row("ro?me", "a", ""))] },
        { "has one of", [RowChange.Upsert(new Row("rome", "a\tb", ""))] },
        { "has one of", [RowChange.Upsert(new Row("rome", "a\u0085b", ""))] },
        { "surrogate", [RowChange.Upsert(new Row("rome", "a\ud83c", ""))] },
        { "surrogate", [RowChange.Upsert(new Row("rome", "a", "\udf0d"))] },
        { "at most 512 characters", [RowChange.Upsert(new Row("rome", new string('a', 513), ""))] },
        { "at most 449985 fit", [RowChange.Upsert(new Row("rome", "a", new string('a', 449_986)))] },
        { "at most 4194304 bytes", [.. Enumerable.Range(0, 10).Select(i => RowChange.Upsert(new Row("rome", $"{i}", new string('a', 440_000))))] },
        { "at most 4194304 bytes", [.. Enumerable.Range(0, 2).Select(i => RowChange.Upsert(new Row("rome", $"{i}", new string('é', 400_000))))] },
    };

    [Theory]
    [MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public async Task What_Azure_refuses_is_refused_before_it_is_sent(string reason, RowChange[] changes)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(changes));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Null(await FindAsync("rome", "a"));
    }

    [Fact]
    public async Task The_longest_keys_are_taken()
    {
        var longest = new string('k', 512);
        await CommitAsync(RowChange.Add(new Row(longest, longest, "1")), RowChange.Add(new Row(longest, longest[1..], "2")));
        Assert.Equal("1", (await FindAsync(longest, longest))?.Body);
    }

    [Fact]
    public async Task A_commit_of_almost_4_MiB_is_taken()
    {
        var changes = Enumerable.Range(0, 9).Select(i => RowChange.Add(new Row("rome", $"{i}", new string('a', 449_985)))).ToArray();
        await CommitAsync(changes);
        Assert.Equal(9, (await RangeAsync("rome", "", "~")).Count(row => row.Body.Length == 449_985));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1pledges")]
    [InlineData("pledges-submitted")]
    public async Task A_name_that_no_table_can_have_is_refused(string table)
        => await Assert.ThrowsAsync<ArgumentException>(() => Tables.FindAsync(table, "rome", "a", Stop));
}
