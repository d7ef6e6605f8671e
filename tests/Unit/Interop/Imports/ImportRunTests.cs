using System.Text;
using FundingFlow.Access;
using FundingFlow.Interop.Imports;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Interop.Imports;

public class ImportRunTests
{
    private static readonly ImportOptions SmallBatches = new() { BatchSize = 5, LongestInvocation = TimeSpan.FromSeconds(3), Parallelism = 2 };

    [Fact]
    public async Task Good_rows_go_in_and_each_bad_one_is_named_by_line_field_and_reason()
    {
        var bench = new ImportBench();
        var import = (await bench.SubmitAsync("id,title,amount\na,One,1.00\nb,,2.00\nc,Three,many\nd,Four\ne,Five,5\n")).Value;

        await bench.RunAllAsync();

        var view = await bench.ViewAsync(import.Id);
        Assert.Equal((ImportStatus.Done, 5, 2, 0, 3), (view.Status, view.Rows, view.Accepted, view.Unchanged, view.Refused));
        Assert.Equal([(3, "title"), (4, "amount"), (5, "")], view.Errors.Select(error => (error.Line, error.Field)));
        Assert.Contains("(column title)", view.Errors[0].Error, StringComparison.Ordinal);
        Assert.Equal(["a", "e"], bench.Target.Rows.Keys.Order());
    }

    [Fact]
    public async Task The_errors_file_has_the_lines_as_they_stood_and_runs_nowhere()
    {
        var bench = new ImportBench();
        var import = (await bench.SubmitAsync("id,title,amount\na,One,1\nb,=HYPERLINK(\"http://evil\"),@x\n")).Value;
        await bench.RunAllAsync();

        var file = (await bench.Reports.ErrorsFileAsync(import.Id, ImportBench.Staff, TestContext.Current.CancellationToken)).Value;

        var lines = Encoding.UTF8.GetString(file).TrimEnd().Split("\r\n");
        Assert.Equal("\uFEFFline,reason,id,title,amount", lines[0]);
        Assert.StartsWith("3,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",b,\"'=HYPERLINK(\"\"http://evil\"\")\",\"'@x\"", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_long_import_goes_on_in_further_invocations()
    {
        var bench = new ImportBench(SmallBatches);
        var import = (await bench.SubmitAsync(Rows(103))).Value;

        var runs = await bench.RunAllAsync();

        Assert.InRange(runs, 5, 21);
        var view = await bench.ViewAsync(import.Id);
        Assert.Equal((ImportStatus.Done, 103, 103, 103), (view.Status, view.Rows, view.Accepted, bench.Target.Rows.Count));
        Assert.Empty(await bench.Store.UnfinishedAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whenever_a_run_dies_nothing_is_doubled_and_nothing_is_lost()
    {
        for (var death = 1; death <= 45; death += 3)
        {
            var bench = new ImportBench(SmallBatches);
            var dieAt = death;
            bench.Target.Before = count =>
            {
                if (count == dieAt) throw new CrashException();
            };
            var import = (await bench.SubmitAsync(Rows(42) + "x,\n")).Value;

            await bench.RunAllAsync();

            var view = await bench.ViewAsync(import.Id);
            Assert.Equal((ImportStatus.Done, 42, 1, 42), (view.Status, view.Accepted, view.Refused, bench.Target.Rows.Count));
            Assert.Single(view.Errors);
            Assert.InRange(view.Unchanged, 0, SmallBatches.BatchSize);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_that_is_lost_or_whose_answer_is_lost_changes_no_count(bool answer)
    {
        var bench = new ImportBench(SmallBatches);
        var import = (await bench.SubmitAsync(Rows(20))).Value;
        var commits = 0;
        Task Crash(string table, IReadOnlyList<RowChange> changes) => ++commits == 3 ? throw new CrashException() : Task.CompletedTask;
        if (answer) bench.Tables.AfterCommit = Crash;
        else bench.Tables.BeforeCommit = Crash;

        await bench.RunAllAsync();

        var view = await bench.ViewAsync(import.Id);
        Assert.Equal((ImportStatus.Done, 20, 20), (view.Status, view.Accepted, view.Done));
    }

    [Fact]
    public async Task Two_runs_at_once_count_every_row_once()
    {
        var bench = new ImportBench(SmallBatches);
        var import = (await bench.SubmitAsync(Rows(60))).Value;
        var message = new RunImport(1, import.Id, import.Run);
        var stop = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.Runner.RunAsync(message, stop), stop)));
        await bench.RunAllAsync();

        var view = await bench.ViewAsync(import.Id);
        Assert.Equal((ImportStatus.Done, 60, 60), (view.Status, view.Accepted, bench.Target.Rows.Count));
    }

    [Fact]
    public async Task The_same_upload_is_the_same_import_and_is_not_run_again()
    {
        var bench = new ImportBench();
        var first = (await bench.SubmitAsync(Rows(3))).Value;
        await bench.RunAllAsync();

        var second = (await bench.SubmitAsync(Rows(3))).Value;

        Assert.Equal((first.Id, ImportStatus.Done), (second.Id, second.Status));
        Assert.Equal(0, await bench.RunAllAsync());
    }

    [Fact]
    public async Task The_same_file_under_another_key_changes_nothing()
    {
        var bench = new ImportBench();
        await bench.SubmitAsync(Rows(3), key: "one");
        await bench.RunAllAsync();

        var again = (await bench.SubmitAsync(Rows(3), key: "two")).Value;
        await bench.RunAllAsync();

        var view = await bench.ViewAsync(again.Id);
        Assert.Equal((3, 3, 3), (view.Accepted, view.Unchanged, bench.Target.Rows.Count));
    }

    [Fact]
    public async Task An_idempotency_key_holds_one_content()
    {
        var bench = new ImportBench();
        var first = (await bench.SubmitAsync(Rows(3), key: "march")).Value;
        Assert.Equal(first.Id, (await bench.SubmitAsync(Rows(3), key: "march")).Value.Id);
        Assert.Equal(RefusalKind.Conflict, (await bench.SubmitAsync(Rows(4), key: "march")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await bench.SubmitAsync(Rows(3), key: "march", dryRun: true)).Refusal!.Kind);
    }

    [Fact]
    public async Task An_import_that_refused_rows_may_be_tried_again_and_keeps_only_the_new_errors()
    {
        var bench = new ImportBench();
        bench.Target.Before = count =>
        {
            if (count == 1) bench.Target.Rows["mark"] = "";
        };
        var first = (await bench.SubmitAsync("id,title\na,\nb,Two\n")).Value;
        await bench.RunAllAsync();

        var again = (await bench.SubmitAsync("id,title\na,\nb,Two\n")).Value;
        await bench.RunAllAsync();

        Assert.Equal((first.Id, 2, ImportStatus.Queued), (again.Id, again.Run, again.Status));
        var view = await bench.ViewAsync(first.Id);
        Assert.Equal((ImportStatus.Done, 1, 1, 1), (view.Status, view.Accepted, view.Unchanged, view.Refused));
        Assert.Single(view.Errors);
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        var bench = new ImportBench();
        var import = (await bench.SubmitAsync(Rows(3) + "x,\n", dryRun: true)).Value;
        await bench.RunAllAsync();
        var view = await bench.ViewAsync(import.Id);
        Assert.Equal((3, 1, true), (view.Accepted, view.Refused, view.DryRun));
        Assert.Empty(bench.Target.Rows);
    }

    [Fact]
    public async Task An_import_that_always_ends_in_a_fault_fails_visibly_and_can_be_asked_for_again()
    {
        var bench = new ImportBench(new ImportOptions { BatchSize = 5, FaultsAllowed = 3, Parallelism = 1 });
        bench.Target.Before = count =>
        {
            if (count > 5 && count < 100) throw new CrashException();
        };
        var import = (await bench.SubmitAsync(Rows(12), key: "k")).Value;
        await bench.RunAllAsync();

        var failed = await bench.ViewAsync(import.Id);
        Assert.Equal((ImportStatus.Failed, 5), (failed.Status, failed.Done));
        Assert.Contains("CrashException", failed.Failure, StringComparison.Ordinal);

        bench.Target.Before = null;
        await bench.SubmitAsync(Rows(12), key: "k");
        await bench.RunAllAsync();
        Assert.Equal(ImportStatus.Done, (await bench.ViewAsync(import.Id)).Status);
    }

    [Fact]
    public async Task The_sweep_sends_an_import_again_whose_message_is_gone_and_leaves_one_that_moves()
    {
        var bench = new ImportBench();
        var import = (await bench.SubmitAsync(Rows(3))).Value;
        bench.Queues.TryReceive(QueueNames.ImportsToRun);
        var stop = TestContext.Current.CancellationToken;

        await bench.Sweep.RunAsync(stop);
        Assert.Empty(bench.Queues.List(QueueNames.ImportsToRun));
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Sweep.RunAsync(stop);
        await bench.Sweep.RunAsync(stop);

        Assert.Single(bench.Queues.List(QueueNames.ImportsToRun));
        await bench.RunAllAsync();
        Assert.Equal(ImportStatus.Done, (await bench.ViewAsync(import.Id)).Status);
    }

    [Fact]
    public async Task A_message_for_no_import_is_for_the_poison_queue()
        => await Assert.ThrowsAsync<InvalidOperationException>(() => new ImportBench().Runner.RunAsync(new RunImport(1, new string('0', 26), 1), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(Role.Reader, ImportKind.Projects)]
    [InlineData(Role.Fundraiser, ImportKind.Projects)]
    [InlineData(Role.City, ImportKind.Pledges)]
    [InlineData(Role.City, ImportKind.Partners)]
    public async Task A_role_imports_only_what_it_may(Role role, ImportKind kind)
    {
        var bench = new ImportBench();
        var refused = await bench.Submission.SubmitAsync(new ImportUpload(kind, false, ImportTemplate.Of(kind), null), null,
            new Caller("k", role, [], [], []), TestContext.Current.CancellationToken);
        Assert.Equal(RefusalKind.Forbidden, refused.Refusal!.Kind);
    }

    [Theory]
    [InlineData("\"createPartners\":true,\"fields\":{\"amount\":\"{A}\"}", "createPartners")]
    [InlineData("\"fields\":{\"status\":\"receipt\"}", "status")]
    [InlineData("\"fields\":{\"hold\":\"true\"}", "hold")]
    public async Task What_is_reserved_for_staff_is_refused_to_a_fundraiser(string members, string named)
    {
        var mapping = Encoding.UTF8.GetBytes("{\"kind\":\"pledges\"," + members + "}");
        var refused = await new ImportBench().Submission.SubmitAsync(new ImportUpload(ImportKind.Pledges, false, "A\n1\n"u8.ToArray(), mapping), null,
            new Caller("k", Role.Fundraiser, ["p"], [], []), TestContext.Current.CancellationToken);
        Assert.Equal(RefusalKind.Forbidden, refused.Refusal!.Kind);
        Assert.Contains(named, refused.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_does_not_learn_that_an_import_exists()
    {
        var bench = new ImportBench();
        var import = (await bench.SubmitAsync(Rows(1))).Value;
        var stranger = new Caller("other", Role.Fundraiser, [], [], []);
        Assert.Equal(RefusalKind.NotFound, (await bench.Reports.ViewAsync(import.Id, stranger, TestContext.Current.CancellationToken)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await bench.Reports.ErrorsFileAsync(import.Id, stranger, TestContext.Current.CancellationToken)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await bench.Reports.ViewAsync("../x", ImportBench.Staff, TestContext.Current.CancellationToken)).Refusal!.Kind);
    }

    [Fact]
    public async Task Identical_rows_stay_distinct_when_a_run_dies_between_them()
    {
        var bench = new ImportBench(new ImportOptions { BatchSize = 2, Parallelism = 1 });
        bench.Target.Before = count =>
        {
            if (count is 4 or 8) throw new CrashException();
        };
        var import = (await bench.SubmitAsync("title\n" + string.Concat(Enumerable.Repeat("Bus clocks\n", 9)))).Value;

        await bench.RunAllAsync();

        Assert.Equal(9, bench.Target.Rows.Count);
        Assert.Equal(9, (await bench.ViewAsync(import.Id)).Accepted);
    }

    private static string Rows(int count) => "id,title\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"p{i},Project {i}\n"));
}
