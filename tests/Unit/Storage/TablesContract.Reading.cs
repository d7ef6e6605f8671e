using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

public abstract partial class TablesContract
{
    [Fact]
    public async Task A_range_includes_its_start_excludes_its_end_and_is_in_ordinal_order()
    {
        string[] keys = ["A", "B", "_", "a", "a-b", "aa", "ab", "a|b", "b", "é"];
        await CommitAsync([.. keys.Reverse().Select(key => RowChange.Add(new Row("rome", key, "")))]);
        await CommitAsync(RowChange.Add(new Row("romf", "a", "")));
        Assert.Equal(keys, (await RangeAsync("rome", "", "\uffff")).Select(row => row.Key));
        Assert.Equal(["a", "a-b", "aa", "ab", "a|b"], (await RangeAsync("rome", "a", "b")).Select(row => row.Key));
        Assert.Empty(await RangeAsync("rome", "b", "a"));
        Assert.Empty(await RangeAsync("rome", "b", "b"));
    }

    [Fact]
    public async Task A_prefix_finds_the_keys_that_start_with_it()
    {
        string[] keys = ["line|rome", "line|rome.1", "line|rome.2|x", "line|romf", "linf|rome"];
        await CommitAsync([.. keys.Select(key => RowChange.Add(new Row("ict", key, "")))]);
        var found = await Tables.PrefixAsync(Table, "ict", "line|rome", Stop).ToListAsync(Stop);
        Assert.Equal(keys[..3], found.Select(row => row.Key));
    }

    [Fact]
    public async Task What_was_written_since_a_mark_is_told_and_nothing_of_it_is_missing()
    {
        await CommitAsync(RowChange.Add(new Row("rome", "need|a", "1")), RowChange.Add(new Row("rome", "need|b", "1")), RowChange.Add(new Row("rome", "other", "1")));
        var all = await WrittenAsync(null);
        Assert.Equal([("need|a", "1"), ("need|b", "1")], all.Rows.Select(row => (row.Key, row.Body)));

        await CommitAsync(RowChange.Upsert(new Row("rome", "need|b", "2")), RowChange.Add(new Row("rome", "need|c", "2")));
        var more = await WrittenAsync(all.Mark);
        Assert.Equal([("need|b", "2"), ("need|c", "2")], more.Rows.Where(row => row.Body == "2").Select(row => (row.Key, row.Body)));
        Assert.All(more.Rows, row => Assert.NotNull(row.ETag));

        await CommitAsync(RowChange.Upsert(new Row("rome", "need|a", "3")));
        Assert.Contains((await WrittenAsync(more.Mark)).Rows, row => (row.Key, row.Body) == ("need|a", "3"));
        Assert.Empty((await Tables.WrittenAsync(Table, "nobody", "need|", "need}", null, Stop)).Rows);

        Task<RowsWritten> WrittenAsync(string? since) => Tables.WrittenAsync(Table, "rome", "need|", "need}", since, Stop);
    }

    [Fact]
    public async Task What_was_written_to_2500_rows_is_told_whole()
    {
        await ManyAsync("rome", 2500);
        Assert.Equal(2500, (await Tables.WrittenAsync(Table, "rome", "", "~", null, Stop)).Rows.Count);
    }

    [Fact]
    public async Task A_range_over_2500_rows_is_read_to_its_end()
    {
        var keys = await ManyAsync("rome", 2500);
        Assert.Equal(keys, (await RangeAsync("rome", "", "~")).Select(row => row.Key));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(500)]
    [InlineData(333)]
    public async Task Pages_over_2500_rows_of_one_partition_hold_each_row_once_and_in_order(int size)
    {
        var keys = await ManyAsync("rome", 2500);
        await ManyAsync("romf", 5);
        Assert.Equal(keys, (await AllPagesAsync("rome", size)).Select(row => row.Key));
    }

    [Fact]
    public async Task Pages_over_the_whole_table_go_by_partition_and_key()
    {
        var rows = new List<(string, string)>();
        foreach (var partition in new[] { "culture", "ict", "sport", "youth" })
            rows.AddRange((await ManyAsync(partition, 30)).Select(key => (partition, key)));
        Assert.Equal(rows, (await AllPagesAsync(null, 7)).Select(row => (row.Partition, row.Key)));
    }

    [Fact]
    public async Task A_continuation_is_safe_in_a_URL()
    {
        string[] keys = ["a b & c", "O'Neil + 1%", "مدرسة", "🌍", "🌏"];
        await CommitAsync([.. keys.Select(key => RowChange.Add(new Row("a b & ö", key, "")))]);
        for (var page = await Tables.PageAsync(Table, null, 1, null, Stop); page.Continuation is { } token; page = await Tables.PageAsync(Table, null, 1, token, Stop))
            Assert.Matches("^[A-Za-z0-9_-]+$", token);
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await AllPagesAsync("a b & ö", 1)).Select(row => row.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("bm90LW91cnM")]
    [InlineData("_____w")]
    public async Task A_continuation_that_was_not_given_out_is_refused(string continuation)
    {
        await ManyAsync("rome", 3);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Tables.PageAsync(Table, null, 10, continuation, Stop));
        Assert.Equal("continuation", error.ParamName);
    }

    private async Task<List<string>> ManyAsync(string partition, int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => $"{i:00000}").ToList();
        foreach (var chunk in keys.Chunk(100))
            await CommitAsync([.. chunk.Select(key => RowChange.Add(new Row(partition, key, "{}")))]);
        return keys;
    }

    private async Task<List<Row>> AllPagesAsync(string? partition, int size)
    {
        var rows = new List<Row>();
        string? continuation = null;
        do
        {
            var page = await Tables.PageAsync(Table, partition, size, continuation, Stop);
            Assert.InRange(page.Rows.Count, page.Continuation is null ? 0 : 1, size);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }
}
