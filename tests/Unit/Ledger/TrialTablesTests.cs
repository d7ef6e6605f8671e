using FundingFlow.Ledger.Trial;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>A trial sees what is stored and what it did itself, and nobody else sees that.</summary>
public class TrialTablesTests
{
    private const string Table = TableNames.Ledger;
    private readonly InMemoryTables stored = new();

    [Fact]
    public async Task What_is_changed_is_seen_in_its_place_and_stays_in_memory()
    {
        foreach (var key in new[] { "a", "c", "d" }) await stored.PutAsync(Table, RowChange.Add(new Row("youth", key, "stored")), TestForum.Stop);
        var trial = new TrialTables(stored);
        var c = (await trial.FindAsync(Table, "youth", "c", TestForum.Stop))!;
        await trial.CommitAsync(Table, [RowChange.Add(new Row("youth", "b", "new")), RowChange.Replace(c with { Body = "changed" }), RowChange.Delete(new Row("youth", "d", ""))], TestForum.Stop);
        Assert.Equal(["a stored", "b new", "c changed"], await RowsAsync(trial));
        Assert.Equal(["a stored", "c stored", "d stored"], await RowsAsync(stored));
        Assert.Null(await trial.FindAsync(Table, "youth", "d", TestForum.Stop));
    }

    [Fact]
    public async Task What_others_store_meanwhile_is_not_seen()
    {
        await stored.PutAsync(Table, RowChange.Add(new Row("youth", "a", "stored")), TestForum.Stop);
        var trial = new TrialTables(stored);
        await RowsAsync(trial);
        await stored.PutAsync(Table, RowChange.Upsert(new Row("youth", "a", "later")), TestForum.Stop);
        await stored.PutAsync(Table, RowChange.Add(new Row("youth", "b", "later")), TestForum.Stop);
        Assert.Equal(["a stored"], await RowsAsync(trial));
    }

    [Fact]
    public async Task Its_own_rows_are_refused_as_a_store_would()
    {
        var trial = new TrialTables(stored);
        var tag = (await trial.CommitAsync(Table, [RowChange.Add(new Row("youth", "a", "1"))], TestForum.Stop))[0];
        Assert.Equal(ConflictKind.AlreadyExists, await ConflictAsync(RowChange.Add(new Row("youth", "a", "2"))));
        await trial.CommitAsync(Table, [RowChange.Replace(new Row("youth", "a", "2", tag))], TestForum.Stop);
        Assert.Equal(ConflictKind.Changed, await ConflictAsync(RowChange.Replace(new Row("youth", "a", "3", tag))));
        await trial.CommitAsync(Table, [RowChange.Delete(new Row("youth", "a", ""))], TestForum.Stop);
        Assert.Equal(ConflictKind.Missing, await ConflictAsync(RowChange.Replace(new Row("youth", "a", "3", tag))));

        async Task<ConflictKind> ConflictAsync(RowChange change)
            => (await Assert.ThrowsAsync<StoreConflictException>(() => trial.CommitAsync(Table, [change], TestForum.Stop))).Kind;
    }

    private static async Task<List<string>> RowsAsync(ITables tables)
        => await tables.PrefixAsync(Table, "youth", "", TestForum.Stop).Select(row => $"{row.Key} {row.Body}").ToListAsync(TestForum.Stop);
}
