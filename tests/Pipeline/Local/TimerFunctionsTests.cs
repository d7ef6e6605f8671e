using System.Threading.Channels;
using FundingFlow.Local.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class TimerFunctionsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection([new("Digests:Schedule", "0 0 6 * * *")]).Build();

    [Theory]
    [InlineData("*/30 * * * * *", "2026-03-01T10:00:00Z", "2026-03-01T10:00:30Z")]
    [InlineData("*/30 * * * * *", "2026-03-01T10:00:29.9Z", "2026-03-01T10:00:30Z")]
    [InlineData("0 15 2 * * *", "2026-03-01T02:15:00Z", "2026-03-02T02:15:00Z")]
    [InlineData("0 0 8 * * MON", "2026-03-04T00:00:00Z", "2026-03-09T08:00:00Z")]
    [InlineData("5 * * * *", "2026-03-01T10:05:00Z", "2026-03-01T11:05:00Z")]
    [InlineData("%Digests:Schedule%", "2026-03-01T10:00:00Z", "2026-03-02T06:00:00Z")]
    public void The_next_time_is_the_first_one_after(string schedule, string after, string expected)
        => Assert.Equal(
            DateTimeOffset.Parse(expected, null),
            TimerSchedule.Parse(schedule, Settings).Next(DateTimeOffset.Parse(after, null)));

    [Theory]
    [InlineData("every minute", "every minute")]
    [InlineData("00:00:30", "00:00:30")]
    [InlineData("%Missing%", "Missing")]
    public void A_schedule_that_is_none_is_named(string schedule, string named)
        => Assert.Contains(
            named, Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule, Settings)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task It_runs_when_due_once_and_with_the_time_it_was_due()
    {
        var clock = new ManualClock(DateTimeOffset.Parse("2026-03-01T07:59:00Z", null));
        using var host = await StartAsync(clock, typeof(EachHour));
        var runs = host.Services.GetRequiredService<Runs>();

        await clock.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(0, runs.Started.Count);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(DateTimeOffset.Parse("2026-03-01T08:00:00Z", null).UtcDateTime, await runs.NextAsync());
        runs.Finish();
        await clock.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(DateTimeOffset.Parse("2026-03-01T09:00:00Z", null).UtcDateTime, await runs.NextAsync());
        runs.Finish();
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_run_that_takes_long_is_alone_and_what_fell_due_meanwhile_is_not_caught_up()
    {
        var clock = new ManualClock(DateTimeOffset.Parse("2026-03-01T07:59:59Z", null));
        using var host = await StartAsync(clock, typeof(EachHour));
        var runs = host.Services.GetRequiredService<Runs>();
        await clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await runs.NextAsync();

        clock.Add(TimeSpan.FromHours(5.5));
        Assert.Equal(0, runs.Started.Count);
        runs.Finish();
        await clock.AdvanceAsync(TimeSpan.FromHours(0.5));

        Assert.Equal(DateTimeOffset.Parse("2026-03-01T14:00:00Z", null).UtcDateTime, await runs.NextAsync());
        Assert.Equal(0, runs.Started.Count);
        runs.Finish();
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_run_that_fails_does_not_end_the_timer()
    {
        var clock = new ManualClock(DateTimeOffset.Parse("2026-03-01T07:59:59Z", null));
        using var host = await StartAsync(clock, typeof(EachHourFails));
        var runs = host.Services.GetRequiredService<Runs>();

        await clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await runs.NextAsync();
        await clock.AdvanceAsync(TimeSpan.FromHours(1));
        await runs.NextAsync();

        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_stop_ends_a_timer_that_waits()
    {
        var clock = new ManualClock(DateTimeOffset.Parse("2026-03-01T00:00:00Z", null));
        using var host = await StartAsync(clock, typeof(EachHour));

        await host.StopAsync(Stop);
    }

    private static async Task<IHost> StartAsync(ManualClock clock, Type functions)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<Runs>();
        builder.Services.AddFunctions(FunctionCatalog.Of([functions]), new QueueFunctionsOptions("", "{}"));
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    public sealed class Runs
    {
        private readonly Channel<bool> finish = Channel.CreateUnbounded<bool>();
        private readonly Channel<DateTime> started = Channel.CreateUnbounded<DateTime>();

        public ChannelReader<DateTime> Started => started.Reader;

        public async Task<DateTime> NextAsync()
            => await Started.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Stop);

        public void Finish() => finish.Writer.TryWrite(true);

        public void Start(DateTime due) => started.Writer.TryWrite(due);

        public Task FinishedAsync(CancellationToken stop) => finish.Reader.ReadAsync(stop).AsTask();
    }

    public sealed class EachHour(Runs runs)
    {
        [Function("TestEachHour")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken stop)
        {
            runs.Start(timer.ScheduleStatus!.Last);
            return runs.FinishedAsync(stop);
        }
    }

    public sealed class EachHourFails(Runs runs)
    {
        [Function("TestEachHourFails")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            runs.Start(timer.ScheduleStatus!.Last);
            throw new InvalidOperationException("This run fails.");
        }
    }
}
