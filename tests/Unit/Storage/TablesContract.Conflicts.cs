using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

public abstract partial class TablesContract
{
    [Fact]
    public async Task Adding_a_row_that_exists_is_refused_and_changes_nothing()
    {
        await CommitAsync(RowChange.Add(new Row("rome", "b", "first")));
        await RefusedAsync(ConflictKind.AlreadyExists, 0, RowChange.Add(new Row("rome", "b", "second")));
        await RefusedAsync(ConflictKind.AlreadyExists, 2,
            RowChange.Add(new Row("rome", "a", "new")), RowChange.Add(new Row("rome", "c", "new")), RowChange.Add(new Row("rome", "b", "second")));
        Assert.Equal("first", Assert.Single(await RangeAsync("rome", "", "~")).Body);
    }

    [Theory]
    [InlineData(ChangeKind.Replace)]
    [InlineData(ChangeKind.Delete)]
    public async Task A_change_by_an_old_ETag_is_refused_and_changes_nothing(ChangeKind kind)
    {
        var old = (await CommitAsync(RowChange.Add(new Row("rome", "b", "first"))))[0];
        await CommitAsync(RowChange.Replace(new Row("rome", "b", "second", old)));
        await RefusedAsync(ConflictKind.Changed, 0, new RowChange(kind, new Row("rome", "b", "third", old)));
        await RefusedAsync(ConflictKind.Changed, 1, RowChange.Add(new Row("rome", "a", "new")), new RowChange(kind, new Row("rome", "b", "third", old)));
        Assert.Equal("second", Assert.Single(await RangeAsync("rome", "", "~")).Body);
    }

    [Theory]
    [InlineData(ChangeKind.Replace)]
    [InlineData(ChangeKind.Delete)]
    public async Task A_change_without_an_ETag_overwrites_whatever_is_there(ChangeKind kind)
    {
        await CommitAsync(RowChange.Add(new Row("rome", "a", "first")), RowChange.Add(new Row("rome", "b", "first")));
        await CommitAsync(new RowChange(kind, new Row("rome", "a", "second")));
        await CommitAsync(new RowChange(kind, new Row("rome", "b", "second")), RowChange.Upsert(new Row("rome", "c", "second")));
        Assert.All(await RangeAsync("rome", "", "~"), row => Assert.Equal("second", row.Body));
        Assert.Equal(kind == ChangeKind.Delete, await FindAsync("rome", "a") is null);
        Assert.Equal(kind == ChangeKind.Delete, await FindAsync("rome", "b") is null);
    }

    [Theory]
    [InlineData(ChangeKind.Replace)]
    [InlineData(ChangeKind.Delete)]
    public async Task A_change_of_a_row_that_is_missing_is_refused(ChangeKind kind)
    {
        var gone = (await CommitAsync(RowChange.Add(new Row("rome", "gone", ""))))[0];
        await CommitAsync(RowChange.Delete(new Row("rome", "gone", "", gone)));
        await RefusedAsync(ConflictKind.Missing, 0, new RowChange(kind, new Row("rome", "gone", "")));
        await RefusedAsync(ConflictKind.Missing, 0, new RowChange(kind, new Row("rome", "gone", "", gone)));
        await RefusedAsync(ConflictKind.Missing, 1, RowChange.Add(new Row("rome", "a", "")), new RowChange(kind, new Row("rome", "gone", "", gone)));
        Assert.Empty(await RangeAsync("rome", "", "~"));
    }

    [Fact]
    public async Task A_row_added_again_after_its_deletion_has_another_ETag()
    {
        var first = (await CommitAsync(RowChange.Add(new Row("rome", "a", ""))))[0];
        await CommitAsync(RowChange.Delete(new Row("rome", "a", "", first)));
        await CommitAsync(RowChange.Add(new Row("rome", "a", "")));
        await RefusedAsync(ConflictKind.Changed, 0, RowChange.Replace(new Row("rome", "a", "", first)));
    }

    private async Task RefusedAsync(ConflictKind kind, int index, params RowChange[] changes)
    {
        var conflict = await Assert.ThrowsAsync<StoreConflictException>(() => CommitAsync(changes));
        Assert.Equal((kind, index), (conflict.Kind, conflict.Index));
    }
}
