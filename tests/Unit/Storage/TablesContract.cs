using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

/// <summary>What every room relies on in <see cref="ITables"/>; each implementation passes it unchanged.</summary>
public abstract partial class TablesContract : StoreTest
{
    protected abstract ITables Tables { get; }

    [Fact]
    public async Task A_row_that_was_added_is_found_with_the_ETag_that_the_commit_answered()
    {
        var tags = await CommitAsync(RowChange.Add(new Row("kigali", "farm", "{\"v\":1}")));
        Assert.Equal(new Row("kigali", "farm", "{\"v\":1}", tags[0]), await FindAsync("kigali", "farm"));
    }

    [Fact]
    public async Task A_missing_table_reads_as_an_empty_one()
    {
        Assert.Null(await FindAsync("kigali", "farm"));
        Assert.Empty(await RangeAsync("kigali", "a", "z"));
        Assert.Equal(new RowPage([], null), await Tables.PageAsync(Table, null, 10, null, Stop), (left, right) => left.Rows.Count == right.Rows.Count && left.Continuation == right.Continuation);
    }

    [Fact]
    public async Task Rows_that_are_not_there_are_not_found()
    {
        await CommitAsync(RowChange.Add(new Row("kigali", "farm", "{}")));
        Assert.Null(await FindAsync("kigali", "school"));
        Assert.Null(await FindAsync("rome", "farm"));
    }

    [Fact]
    public async Task A_replaced_row_has_the_new_body_only()
    {
        var tags = await CommitAsync(RowChange.Add(new Row("kigali", "farm", new string('x', 100_000))));
        var replaced = await CommitAsync(RowChange.Replace(new Row("kigali", "farm", "short", tags[0])));
        Assert.Equal(new Row("kigali", "farm", "short", replaced[0]), await FindAsync("kigali", "farm"));
        Assert.NotEqual(tags[0], replaced[0]);
    }

    [Fact]
    public async Task An_upsert_writes_whether_the_row_is_there_or_not()
    {
        await CommitAsync(RowChange.Upsert(new Row("kigali", "farm", "first")));
        await CommitAsync(RowChange.Upsert(new Row("kigali", "farm", "second", "W/\"any\"")));
        Assert.Equal("second", (await FindAsync("kigali", "farm"))?.Body);
    }

    [Fact]
    public async Task A_hundred_changes_are_written_together()
    {
        var old = await CommitAsync([.. Enumerable.Range(0, 50).Select(i => RowChange.Add(new Row("rome", $"{i:000}", "old")))]);
        var changes = Enumerable.Range(0, 25).Select(i => RowChange.Delete(new Row("rome", $"{i:000}", "", old[i])))
            .Concat(Enumerable.Range(25, 25).Select(i => RowChange.Replace(new Row("rome", $"{i:000}", "new", old[i]))))
            .Concat(Enumerable.Range(50, 50).Select(i => RowChange.Add(new Row("rome", $"{i:000}", "new")))).ToList();
        var tags = await CommitAsync([.. changes]);
        var rows = await RangeAsync("rome", "", "~");
        Assert.Equal(100, tags.Count);
        Assert.All(tags.Take(25), Assert.Null);
        Assert.Equal(tags.Skip(25), rows.Select(row => row.ETag));
        Assert.All(rows, row => Assert.Equal("new", row.Body));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(30_000)]
    [InlineData(30_001)]
    [InlineData(100 * 1024)]
    [InlineData(449_985)]
    public async Task A_body_of_any_size_and_script_comes_back_unchanged(int characters)
    {
        // Pairs at odd and even places, so that a cut between two columns would show.
        const string World = "x👩🏽‍🌾 مدرسة رياضية في نابلس — עיר שכנה \u202Erome\u202C \"\\/\u0001 ﷽ 🌍";
        var body = string.Concat(Enumerable.Repeat(World, (characters / World.Length) + 1))[..characters];
        if (char.IsHighSurrogate(body[^1])) body = body[..^1] + '.';
        await CommitAsync(RowChange.Add(new Row("nablus", "school", body)));
        Assert.Equal(body, (await FindAsync("nablus", "school"))?.Body);
        Assert.Equal(body, (await RangeAsync("nablus", "a", "z"))[0].Body);
    }

    [Fact]
    public async Task An_empty_body_comes_back_empty()
    {
        await CommitAsync(RowChange.Add(new Row("nablus", "school", "")));
        Assert.Equal("", (await FindAsync("nablus", "school"))?.Body);
    }

    [Theory]
    [InlineData("part|kigali-farm|tools|municipality-of-rome.7f3k")]
    [InlineData("O'Neil & Söhne + 100% @ (a=b;c,d) \"q\" $ ! * ~ : < >")]
    [InlineData("مدرسة 🌍")]
    [InlineData("")]
    public async Task Keys_come_back_unchanged(string key)
    {
        await CommitAsync(RowChange.Add(new Row(key, key, "1")));
        Assert.Equal((key, key), (await FindAsync(key, key)) is { } row ? (row.Partition, row.Key) : default);
        Assert.Equal(key, Assert.Single(await RangeAsync(key, key, key + "~")).Key);
        var tags = await CommitAsync(RowChange.Replace(new Row(key, key, "2")), RowChange.Add(new Row(key, key + "!", "2")));
        Assert.Null((await CommitAsync(RowChange.Delete(new Row(key, key, "", tags[0]))))[0]);
        Assert.Null(await FindAsync(key, key));
    }

    [Fact]
    public async Task Many_callers_may_meet_at_the_first_use_of_a_table()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => i % 2 == 0
            ? CommitAsync(RowChange.Add(new Row("rome", $"{i:00}", "one")))
            : CommitAsync(RowChange.Add(new Row("rome", $"{i:00}", "two")), RowChange.Add(new Row("rome", $"{i:00}b", "two")))));
        Assert.Equal(36, (await RangeAsync("rome", "", "~")).Count);
    }

    [Fact]
    public async Task Of_concurrent_replaces_with_one_ETag_one_wins()
    {
        var tags = await CommitAsync(RowChange.Add(new Row("rome", "farm", "0")));
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            try
            {
                await CommitAsync(RowChange.Replace(new Row("rome", "farm", $"{i}", tags[0])), RowChange.Add(new Row("rome", $"journal-{i}", "")));
                return "won";
            }
            catch (StoreConflictException conflict)
            {
                return conflict.Kind.ToString();
            }
        }));
        Assert.Single(outcomes, "won");
        Assert.Equal(7, outcomes.Count(outcome => outcome == nameof(ConflictKind.Changed)));
        Assert.Equal(2, (await RangeAsync("rome", "", "~")).Count);
    }

    protected Task<IReadOnlyList<string?>> CommitAsync(params RowChange[] changes) => Tables.CommitAsync(Table, changes, Stop);

    protected Task<Row?> FindAsync(string partition, string key) => Tables.FindAsync(Table, partition, key, Stop);

    protected async Task<List<Row>> RangeAsync(string partition, string from, string to)
        => await Tables.RangeAsync(Table, partition, from, to, Stop).ToListAsync(Stop);
}
